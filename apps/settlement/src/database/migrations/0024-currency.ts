import { ForwardMigration } from '../forward-migration.js';

const CURRENCIES = `'CNY', 'HKD', 'MOP', 'USD', 'SGD', 'MYR', 'VND', 'GBP'`;

const statements = [
  `CREATE TABLE fx_imports (
     import_id text PRIMARY KEY,
     file_hash text NOT NULL UNIQUE,
     format text NOT NULL CHECK (format IN ('ecb', 'csv')),
     source text NOT NULL,
     rates integer NOT NULL,
     imported_at timestamptz NOT NULL,
     imported_by text NOT NULL
   )`,
  // The inverse is kept as a rate of its own: 1 ÷ rate rounded is another number than the market's.
  `CREATE TABLE fx_snapshots (
     snapshot_id text PRIMARY KEY,
     import_id text NOT NULL REFERENCES fx_imports,
     base text NOT NULL CHECK (base IN (${CURRENCIES})),
     quote text NOT NULL CHECK (quote IN (${CURRENCIES})),
     rate numeric NOT NULL CHECK (rate > 0),
     inverse numeric NOT NULL CHECK (inverse > 0),
     side text NOT NULL CHECK (side IN ('bid', 'ask', 'mid')),
     source text NOT NULL,
     quoted_on date NOT NULL,
     valid_until date NOT NULL,
     UNIQUE (base, quote, side, source, quoted_on),
     CHECK (base <> quote),
     CHECK (valid_until > quoted_on)
   )`,
  `CREATE VIEW fx_quotes AS
   SELECT snapshot_id, base, quote, rate, false AS inverse, side, source, quoted_on, valid_until FROM fx_snapshots
   UNION ALL
   SELECT snapshot_id, quote, base, inverse, true, side, source, quoted_on, valid_until FROM fx_snapshots`,
  `CREATE INDEX fx_snapshots_pair ON fx_snapshots (base, quote, quoted_on DESC)`,
  `CREATE TABLE document_rates (
     document_id text NOT NULL,
     purpose text NOT NULL CHECK (purpose IN ('issue', 'payment', 'closing', 'conversion')),
     /** The bank line of a payment, the period of a closing; empty else. */
     instance text NOT NULL,
     document_kind text NOT NULL CHECK (document_kind IN ('invoice', 'credit_note', 'conversion')),
     snapshot_id text NOT NULL REFERENCES fx_snapshots,
     currency text NOT NULL,
     amount_minor bigint NOT NULL,
     functional_currency text NOT NULL,
     functional_minor bigint NOT NULL,
     noted_at timestamptz NOT NULL,
     PRIMARY KEY (document_id, purpose, instance)
   )`,
  `CREATE TABLE fx_gains (
     gain_id text PRIMARY KEY,
     kind text NOT NULL CHECK (kind IN ('realised', 'unrealised')),
     document_id text NOT NULL,
     period text NOT NULL,
     currency text NOT NULL,
     exposure_minor bigint NOT NULL,
     -- None for a trading position, which was built up at many rates.
     from_snapshot text REFERENCES fx_snapshots,
     to_snapshot text NOT NULL REFERENCES fx_snapshots,
     functional_currency text NOT NULL,
     gain_minor bigint NOT NULL,
     noted_at timestamptz NOT NULL
   )`,
  `CREATE INDEX fx_gains_period ON fx_gains (period, kind)`,
  `CREATE TABLE fx_conversions (
     conversion_id text PRIMARY KEY,
     participant_id text NOT NULL,
     account_kind text NOT NULL,
     sold_currency text NOT NULL,
     sold_minor bigint NOT NULL CHECK (sold_minor > 0),
     bought_currency text NOT NULL CHECK (bought_currency <> sold_currency),
     bought_minor bigint NOT NULL CHECK (bought_minor > 0),
     snapshot_id text NOT NULL REFERENCES fx_snapshots,
     inverse boolean NOT NULL,
     converted_at timestamptz NOT NULL,
     converted_by text NOT NULL
   )`,
  ...['fx_imports', 'fx_snapshots', 'document_rates', 'fx_gains', 'fx_conversions'].map(
    (table) => `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
  ),
];

/** Exchange rates as they were quoted, which document used which, and what their movement made or cost. */
export class CreateCurrencyRates1764000000024 extends ForwardMigration {
  protected readonly statements = statements;
}

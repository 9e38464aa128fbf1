import { ForwardMigration } from '../forward-migration.js';

/**
 * The head of an account: where its entries stand, what is reserved, and its limits. It is derived, so it may change,
 * but only through the triggers of the ledger: it is what a posting locks, in sorted order, instead of the account.
 */
const heads = [
  `CREATE TABLE ledger_heads (
     account_no bigint PRIMARY KEY,
     version bigint NOT NULL,
     balance_minor bigint NOT NULL,
     recorded_at timestamptz NOT NULL,
     held_debit_minor bigint NOT NULL DEFAULT 0 CHECK (held_debit_minor >= 0),
     held_credit_minor bigint NOT NULL DEFAULT 0 CHECK (held_credit_minor >= 0),
     floor_minor bigint,
     ceiling_minor bigint
   ) WITH (fillfactor = 50)`,
  `INSERT INTO ledger_heads (account_no, version, balance_minor, recorded_at, floor_minor, ceiling_minor)
   SELECT a.account_no, coalesce(e.version, 0), coalesce(e.balance_minor, 0), coalesce(t.recorded_at, '-infinity'),
          CASE WHEN NOT k.may_cross AND k.normal_side = 'debit' THEN 0 END,
          CASE WHEN NOT k.may_cross AND k.normal_side = 'credit' THEN 0 END
     FROM ledger_accounts a JOIN ledger_account_kinds k USING (kind)
     LEFT JOIN LATERAL (SELECT version, balance_minor FROM ledger_entries e WHERE e.account_no = a.account_no
                         ORDER BY version DESC LIMIT 1) e ON true
     LEFT JOIN LATERAL (SELECT max(t.recorded_at) AS recorded_at FROM ledger_entries x JOIN ledger_transactions t
                          USING (transaction_no) WHERE x.account_no = a.account_no) t ON true`,
  // Everything written and not yet in the hash chain. A row is one statement's transactions, whatever path wrote them.
  `CREATE TABLE ledger_unsealed (
     batch_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     first_no bigint NOT NULL,
     last_no bigint NOT NULL,
     CHECK (first_no <= last_no)
   )`,
  `INSERT INTO ledger_unsealed (first_no, last_no)
   SELECT min(transaction_no), max(transaction_no) FROM ledger_transactions GROUP BY transaction_no / 1000 ORDER BY 1`,
];

const openHeads = `
  CREATE FUNCTION ledger_open_heads() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO ledger_heads (account_no, version, balance_minor, recorded_at, floor_minor, ceiling_minor)
    SELECT a.account_no, 0, 0, '-infinity', CASE WHEN NOT k.may_cross AND k.normal_side = 'debit' THEN 0 END,
           CASE WHEN NOT k.may_cross AND k.normal_side = 'credit' THEN 0 END
      FROM new_accounts a JOIN ledger_account_kinds k USING (kind);
    RETURN NULL;
  END $$`;

/** A statement of one's own is at depth 1; what the ledger's triggers do is deeper. */
const guardHeads = `
  CREATE FUNCTION ledger_guard_derived() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 THEN
      RAISE EXCEPTION '% on % is refused: the ledger keeps it by itself', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HX004';
    END IF;
    RETURN NULL;
  END $$`;

/** Dates are few and closed periods fewer: the batch is looked at by its span first. */
const acceptTransactions = `
  CREATE FUNCTION ledger_accept_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    v_first bigint;
    v_last bigint;
    v_from timestamptz;
    v_until timestamptz;
    v_periods text[];
    v record;
  BEGIN
    SELECT min(transaction_no), max(transaction_no), min(effective_at), max(effective_at), array_agg(DISTINCT period)
      INTO v_first, v_last, v_from, v_until, v_periods FROM new_transactions;
    IF v_first IS NULL THEN RETURN NULL; END IF;
    PERFORM ledger_hold_open();
    IF EXISTS (SELECT 1 FROM settlement_periods s WHERE s.closed_at IS NOT NULL
                AND (s.period = ANY (v_periods) OR (s.starts_at <= v_until AND s.ends_at > v_from))) THEN
      SELECT n.idempotency_key, n.effective_at, s.period INTO v
        FROM new_transactions n JOIN settlement_periods s ON s.closed_at IS NOT NULL
         AND (n.period = s.period OR (n.effective_at >= s.starts_at AND n.effective_at < s.ends_at))
       LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'transaction % (effective %) falls into the closed period %',
          v.idempotency_key, v.effective_at, v.period USING ERRCODE = 'HX007';
      END IF;
    END IF;
    INSERT INTO ledger_unsealed (first_no, last_no) VALUES (v_first, v_last);
    RETURN NULL;
  END $$`;

/** Only what stands in the hash chain may leave the list. */
const guardUnsealed = `
  CREATE FUNCTION ledger_guard_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' OR pg_trigger_depth() < 2 THEN
      RAISE EXCEPTION '% on % is refused: the ledger keeps it by itself', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HX004';
    END IF;
    RETURN NULL;
  END $$`;

/** The head of every account, and the list of what is not yet sealed: kept by triggers, and by nobody else. */
export class CreateLedgerHeads1764000000008 extends ForwardMigration {
  protected readonly statements = [
    ...heads,
    openHeads,
    guardHeads,
    acceptTransactions,
    guardUnsealed,
    `CREATE TRIGGER ledger_accounts_opened AFTER INSERT ON ledger_accounts
     REFERENCING NEW TABLE AS new_accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_open_heads()`,
    `CREATE TRIGGER ledger_heads_guarded BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_heads
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_derived()`,
    `CREATE TRIGGER ledger_unsealed_guarded BEFORE INSERT OR UPDATE OR TRUNCATE ON ledger_unsealed
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_unsealed()`,
    'DROP TRIGGER ledger_transactions_open ON ledger_transactions',
    'DROP FUNCTION ledger_refuse_closed()',
    `CREATE TRIGGER ledger_transactions_accepted AFTER INSERT ON ledger_transactions
     REFERENCING NEW TABLE AS new_transactions FOR EACH STATEMENT EXECUTE FUNCTION ledger_accept_transactions()`,
  ];
}

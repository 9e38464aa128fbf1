import { currencyDigits, deterministicId, type Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';

/** In which currency and zone documents are valued. */
export interface Valuation {
  readonly functional: Currency;
  readonly timeZone: string;
}

/** A rate that is needed and not there. */
export interface MissingRate {
  readonly base: Currency;
  readonly quote: Currency;
  /** Calendar date in the legal zone. */
  readonly date: string;
  /** Documents that need it, at most ten. */
  readonly neededBy: readonly string[];
}

/** What is valued: invoices at their issue, and payments when the money counted. $2 functional, $3 zone. */
const DOCUMENTS = `
  SELECT i.invoice_id AS document_id, 'issue' AS purpose, '' AS instance, i.currency, i.gross_minor AS amount_minor, i.period,
         (i.issued_at AT TIME ZONE $3)::date AS on_date
    FROM invoices i WHERE i.currency <> $2 AND i.state NOT IN ('draft', 'void')
  UNION ALL
  SELECT p.invoice_id, 'payment', p.payment_id, i.currency, p.amount_minor, i.period, (p.effective_at AT TIME ZONE $3)::date
    FROM invoice_payments p JOIN invoices i USING (invoice_id) WHERE i.currency <> $2 AND p.reversed_at IS NULL`;
const UNVALUED = `
  SELECT d.* FROM (${DOCUMENTS}) d
   WHERE NOT EXISTS (SELECT 1 FROM document_rates r
                      WHERE r.document_id = d.document_id AND r.purpose = d.purpose AND r.instance = d.instance)`;
/** The one rule by which a rate is chosen; the same as the repository's `quoteOn`. */
export const quoteFor = (base: string, date: string): string => `
  SELECT q.snapshot_id, q.rate FROM fx_quotes q
   WHERE q.base = ${base} AND q.quote = $2 AND q.quoted_on <= ${date} AND q.valid_until > ${date}
   ORDER BY q.side = 'mid' DESC, q.quoted_on DESC, q.source LIMIT 1`;
/** Minor units of one currency as minor units of the functional one; numeric's round is half away from zero. */
export const translated = (minor: string, rate: string, currency: string, digits: string): string =>
  `round(${minor} * ${rate} * power(10::numeric, (${digits}->>$2)::int - (${digits}->>${currency})::int))::bigint`;

const digits = JSON.stringify(currencyDigits);

/** Values every document of the scope that has a rate and no value yet. `$1`: invoice ids, or null for those of `$6`. */
export async function translate(
  tx: Tx,
  scope: { readonly invoiceIds: readonly string[] } | { readonly period: string },
  { functional, timeZone }: Valuation,
  now: Date,
): Promise<void> {
  const invoiceIds = 'invoiceIds' in scope ? scope.invoiceIds : null;
  const period = 'period' in scope ? scope.period : null;
  await tx.execute(
    `INSERT INTO document_rates (document_id, purpose, instance, document_kind, snapshot_id, currency, amount_minor,
                                 functional_currency, functional_minor, noted_at)
     SELECT u.document_id, u.purpose, u.instance, 'invoice', q.snapshot_id, u.currency, u.amount_minor, $2,
            ${translated('u.amount_minor', 'q.rate', 'u.currency', '$4::jsonb')}, $5
       FROM (${UNVALUED}) u CROSS JOIN LATERAL (${quoteFor('u.currency', 'u.on_date')}) q
      WHERE ($1::text[] IS NULL OR u.document_id = ANY($1)) AND ($6::text IS NULL OR u.period = $6)
     ON CONFLICT DO NOTHING`,
    [invoiceIds, functional, timeZone, digits, now, period],
  );
}

/** Rates that documents of the period need and nobody has imported, by pair and date. */
export async function missingForDocuments(
  tx: Tx,
  period: string,
  { functional, timeZone }: Valuation,
): Promise<readonly MissingRate[]> {
  const rows = await tx.query<{ currency: Currency; on_date: string; documents: string[] }>(
    `SELECT u.currency, u.on_date::text AS on_date, (array_agg(DISTINCT u.document_id ORDER BY u.document_id))[1:10] AS documents
       FROM (${UNVALUED}) u
      WHERE u.period = $1 AND NOT EXISTS (${quoteFor('u.currency', 'u.on_date')})
      GROUP BY u.currency, u.on_date ORDER BY u.currency, u.on_date`,
    [period, functional, timeZone],
  );
  return rows.map(({ currency, on_date, documents }) => ({
    base: currency,
    quote: functional,
    date: on_date,
    neededBy: documents,
  }));
}

/** A gain above zero or a loss below it, on what the exchange itself holds of a document. */
export interface FxGain {
  readonly gainId: string;
  readonly kind: 'realised' | 'unrealised';
  readonly documentId: string;
  readonly period: string;
  readonly currency: Currency;
  readonly exposureMinor: bigint;
  readonly fromSnapshot: string | null;
  readonly toSnapshot: string;
  readonly gainMinor: bigint;
  /** When the rate moved for good: the payment. */
  readonly at: Date;
}

/**
 * What the exchange gained or lost between invoice and payment. It bears only what no other party carries, its fee and
 * the taxes it owes: the rest of the money it passes on in the currency it came in.
 */
export async function realisedGains(tx: Tx, period: string, { functional }: Valuation): Promise<readonly FxGain[]> {
  const rows = await tx.query<{
    payment_id: string;
    invoice_id: string;
    currency: Currency;
    exposure: string;
    from_snapshot: string;
    to_snapshot: string;
    gain: string;
    effective_at: Date;
  }>(
    `SELECT e.*, ${translated('e.exposure', 't.rate', 'e.currency', '$3::jsonb')}
                 - ${translated('e.exposure', 'f.rate', 'e.currency', '$3::jsonb')} AS gain
       FROM (SELECT p.payment_id, p.invoice_id, i.currency, p.effective_at, a.snapshot_id AS from_snapshot,
                    b.snapshot_id AS to_snapshot, coalesce(sum(m.delta_minor), 0) AS exposure
               FROM invoice_payments p
               JOIN invoices i USING (invoice_id)
               JOIN document_rates a ON a.document_id = i.invoice_id AND a.purpose = 'issue'
               JOIN document_rates b ON b.document_id = i.invoice_id AND b.purpose = 'payment' AND b.instance = p.payment_id
               LEFT JOIN invoice_split_moves m ON m.cause_kind = 'payment' AND m.cause_id = p.payment_id
                                              AND m.share IN ('exchange', 'tax', 'withholding')
              WHERE i.period = $1 AND p.reversed_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM fx_gains g WHERE g.document_id = p.payment_id AND g.kind = 'realised')
              GROUP BY p.payment_id, p.invoice_id, i.currency, p.effective_at, a.snapshot_id, b.snapshot_id) e
       JOIN fx_quotes f ON f.snapshot_id = e.from_snapshot AND f.base = e.currency AND f.quote = $2
       JOIN fx_quotes t ON t.snapshot_id = e.to_snapshot AND t.base = e.currency AND t.quote = $2
      ORDER BY e.payment_id`,
    [period, functional, digits],
  );
  return rows.map((row) => ({
    gainId: deterministicId('fxg', row.payment_id),
    kind: 'realised',
    documentId: row.payment_id,
    period,
    currency: row.currency,
    exposureMinor: BigInt(row.exposure),
    fromSnapshot: row.from_snapshot,
    toSnapshot: row.to_snapshot,
    gainMinor: BigInt(row.gain),
    at: row.effective_at,
  }));
}

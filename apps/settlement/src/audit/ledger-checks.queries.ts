import type { Tx } from '@hetao/persistence';
import type { Finding } from './audit.js';

/** Of each kind: enough to begin looking, never without bound. */
const MAX_FINDINGS = 20;

/** A rule of the ledger, and the rows that break it: each says its subject and what is wrong with it. */
interface Check {
  readonly code: string;
  readonly sql: string;
}

const balance = (kind: string): string => `
  SELECT a.owner, a.currency, -h.balance_minor AS minor FROM ledger_heads h JOIN ledger_accounts a USING (account_no)
   WHERE a.kind ${kind}`;
/** Two ways to one figure: rows where they differ. Either side may lack an owner. */
const differing = (one: string, other: string, what: string): string => `
  SELECT coalesce(l.owner, d.owner) || ' ' || coalesce(l.currency, d.currency) AS subject,
         format('the ledger says %s, ${what} %s', coalesce(l.minor, 0), coalesce(d.minor, 0)) AS detail
    FROM (SELECT owner, currency, sum(minor) AS minor FROM (${one}) x GROUP BY 1, 2) l
    FULL JOIN (SELECT owner, currency, sum(minor) AS minor FROM (${other}) x GROUP BY 1, 2) d USING (owner, currency)
   WHERE coalesce(l.minor, 0) <> coalesce(d.minor, 0)`;

const SHARES = `
  SELECT s.owner, s.currency, s.amount_minor - coalesce(p.amount_minor, 0) AS minor
    FROM invoice_splits s LEFT JOIN paid_out_shares p USING (invoice_id, share)
   WHERE split_part(s.share, ':', 1) IN ('merchant', 'channel', 'source', 'body')
  UNION ALL SELECT participant_id, sold_currency, -sold_minor FROM fx_conversions
  UNION ALL SELECT participant_id, bought_currency, bought_minor FROM fx_conversions`;

const CHECKS: readonly Check[] = [
  {
    code: 'HEAD_NOT_ITS_ENTRIES',
    sql: `SELECT a.account_id AS subject, format('balance %s at version %s, but %s entries add up to %s', h.balance_minor, h.version,
                 coalesce(e.entries, 0), coalesce(e.sum, 0)) AS detail
            FROM ledger_heads h JOIN ledger_accounts a USING (account_no)
            LEFT JOIN (SELECT account_no, count(*) AS entries, sum(amount_minor) AS sum FROM ledger_entries GROUP BY 1) e USING (account_no)
           WHERE h.balance_minor <> coalesce(e.sum, 0) OR h.version <> coalesce(e.entries, 0)`,
  },
  {
    code: 'HELD_NOT_ITS_HOLDS',
    sql: `SELECT a.account_id AS subject, format('held %s / %s, but open holds reserve %s / %s', h.held_debit_minor, h.held_credit_minor,
                 coalesce(o.debit, 0), coalesce(o.credit, 0)) AS detail
            FROM ledger_heads h JOIN ledger_accounts a USING (account_no)
            LEFT JOIN (SELECT l.account_no, coalesce(sum(l.amount_minor) FILTER (WHERE l.amount_minor > 0), 0) AS debit,
                              coalesce(-sum(l.amount_minor) FILTER (WHERE l.amount_minor < 0), 0) AS credit
                         FROM ledger_open_holds x JOIN ledger_hold_legs l USING (hold_no) GROUP BY 1) o USING (account_no)
           WHERE h.held_debit_minor <> coalesce(o.debit, 0) OR h.held_credit_minor <> coalesce(o.credit, 0)`,
  },
  {
    code: 'CURRENCY_NOT_ZERO',
    sql: `SELECT a.currency AS subject, format('all entries add up to %s', sum(e.amount_minor)) AS detail
            FROM ledger_entries e JOIN ledger_accounts a USING (account_no) GROUP BY a.currency HAVING sum(e.amount_minor) <> 0`,
  },
  {
    code: 'TRANSACTION_UNBALANCED',
    sql: `SELECT t.transaction_id AS subject, format('its legs in %s add up to %s', u.currency, u.sum) AS detail
            FROM (SELECT e.transaction_no, a.currency, sum(e.amount_minor) AS sum FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
                   GROUP BY 1, 2 HAVING sum(e.amount_minor) <> 0) u JOIN ledger_transactions t USING (transaction_no)`,
  },
  {
    code: 'PAYABLE_NOT_ITS_SHARES',
    sql: differing(
      balance(`IN ('payable:merchant', 'payable:channel', 'payable:source', 'payable:body')`),
      SHARES,
      'the shares of invoices say',
    ),
  },
  {
    code: 'DEBT_NOT_ITS_SHARES',
    sql: differing(
      balance(`= 'receivable:party'`),
      'SELECT owner, currency, -delta_minor AS minor FROM share_debt_moves',
      'what was paid out and taken back says',
    ),
  },
  {
    code: 'DEFERRED_NOT_ITS_DEBTS',
    sql: differing(
      balance(`= 'payable:deferred'`),
      'SELECT beneficiary_id AS owner, currency, amount_minor AS minor FROM payable_deferrals WHERE paid_by IS NULL',
      'what waits says',
    ),
  },
  {
    code: 'RECEIVABLE_NOT_ITS_INVOICES',
    sql: differing(
      balance(`= 'receivable:buyer'`),
      `SELECT buyer_id AS owner, currency, paid_minor + credited_minor - gross_minor AS minor FROM invoices
        WHERE state NOT IN ('draft', 'void')`,
      'the invoices say',
    ),
  },
];

/** Asks every rule of the ledger about all of it, as of one moment. Give it a transaction that sees one. */
export async function brokenRules(tx: Tx): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { code, sql } of CHECKS) {
    const rows = await tx.query<{ subject: string; detail: string }>(
      `SELECT subject, detail FROM (${sql}) found ORDER BY subject LIMIT ${MAX_FINDINGS}`,
    );
    findings.push(...rows.map((row) => ({ code, ...row })));
  }
  return findings;
}

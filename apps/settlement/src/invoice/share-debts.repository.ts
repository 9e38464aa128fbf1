import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { ShareKey } from '@hetao/rating';
import type { Invoice } from './invoice.js';
import type { AccountMove, ShareDebt } from './party-accounts.js';

/** Whose debts: of some invoices, or of some parties. */
export type DebtScope = { readonly invoiceIds: readonly string[] } | { readonly owners: readonly string[] };

/** Moves of one invoice and what they were for. */
export interface DebtCause {
  readonly invoice: Pick<Invoice, 'invoiceId' | 'currency'>;
  readonly moves: readonly AccountMove[];
  readonly causeId: string;
  readonly at: Date;
}

/**
 * Holds the open debts in the scope for this transaction, party by party in one order, so that a payment and a payout
 * never clear the same one. What is read after it stays true.
 */
export async function lockDebts(tx: Tx, scope: DebtScope): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('debts of ' || o.owner, 0))
       FROM (SELECT DISTINCT owner FROM open_share_debts WHERE ${where(scope)} ORDER BY owner) o`,
    [valuesOf(scope)],
  );
}

/** What parties owe back, the oldest first. Lock first. */
export async function openDebts(
  tx: Tx,
  owners: readonly string[],
): Promise<readonly (ShareDebt & { readonly currency: Currency })[]> {
  const rows = await tx.query<{
    invoice_id: string;
    share: ShareKey;
    owner: string;
    currency: Currency;
    amount_minor: string;
  }>(
    `SELECT invoice_id, share, owner, currency, amount_minor FROM open_share_debts WHERE owner = ANY($1)
      ORDER BY first_no`,
    [owners],
  );
  return rows.map(({ invoice_id: invoiceId, amount_minor: minor, ...rest }) => ({
    ...rest,
    invoiceId,
    amountMinor: BigInt(minor),
  }));
}

/** Keeps what parties owe back more than before, or less because they were paid again. */
export function keepDebts(tx: Tx, causes: readonly DebtCause[]): Promise<void> {
  return add(
    tx,
    causes.flatMap(({ invoice, moves, causeId, at }) =>
      moves
        .filter(({ debtMinor }) => debtMinor !== 0n)
        .map(({ share, owner, debtMinor: deltaMinor }) => ({
          ...{ invoiceId: invoice.invoiceId, share, owner, currency: invoice.currency, deltaMinor, causeId, at },
          kind: deltaMinor > 0n ? ('raised' as const) : ('paid_again' as const),
        })),
    ),
  );
}

/** Keeps which debts a payout was set off against. */
export function keepSetOff(
  tx: Tx,
  debts: readonly ShareDebt[],
  payout: { readonly payoutId: string; readonly currency: Currency; readonly at: Date },
): Promise<void> {
  const { payoutId: causeId, currency, at } = payout;
  return add(
    tx,
    debts.map(({ invoiceId, share, owner, amountMinor }) => ({
      ...{ invoiceId, share, owner, currency, causeId, at },
      ...{ deltaMinor: -amountMinor, kind: 'set_off' as const },
    })),
  );
}

interface DebtMove {
  readonly invoiceId: string;
  readonly share: ShareKey;
  readonly owner: string;
  readonly currency: Currency;
  readonly deltaMinor: bigint;
  readonly kind: 'raised' | 'paid_again' | 'set_off';
  readonly causeId: string;
  readonly at: Date;
}

async function add(tx: Tx, moves: readonly DebtMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(
    `INSERT INTO share_debt_moves (invoice_id, share, owner, currency, delta_minor, kind, cause_id, moved_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[],
                          $8::timestamptz[])`,
    [
      moves.map(({ invoiceId }) => invoiceId),
      moves.map(({ share }) => share),
      moves.map(({ owner }) => owner),
      moves.map(({ currency }) => currency),
      moves.map(({ deltaMinor }) => deltaMinor.toString()),
      moves.map(({ kind }) => kind),
      moves.map(({ causeId }) => causeId),
      moves.map(({ at }) => at),
    ],
  );
}

function where(scope: DebtScope): string {
  return 'owners' in scope ? 'owner = ANY($1)' : 'invoice_id = ANY($1)';
}

function valuesOf(scope: DebtScope): readonly string[] {
  return 'owners' in scope ? scope.owners : scope.invoiceIds;
}

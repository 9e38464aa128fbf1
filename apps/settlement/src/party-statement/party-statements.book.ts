import type { Clock, Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sealStatements, type PartyFigures } from './party-statement.js';

const SHARES = `
  SELECT m.owner AS party, m.invoice_id AS id, i.number, m.share, m.cause_kind AS cause, m.currency, sum(m.delta_minor) AS amount
    FROM invoice_split_moves m JOIN invoices i USING (invoice_id)
   WHERE m.period = $1 AND m.share NOT IN ('exchange', 'tax', 'withholding')
   GROUP BY m.owner, m.invoice_id, i.number, m.share, m.cause_kind, m.currency
   ORDER BY m.owner, m.invoice_id, m.share, m.cause_kind`;
const PAYOUTS = `
  SELECT beneficiary_id AS party, payout_id AS id, state, gross_minor, amount_minor, currency FROM payouts
   WHERE period = $1 ORDER BY beneficiary_id, payout_id`;
const DEFERRALS = `
  SELECT beneficiary_id AS party, deferral_id AS id, kind, amount_minor, currency FROM payable_deferrals
   WHERE period = $1 ORDER BY beneficiary_id, deferral_id`;

interface Row {
  readonly party: string;
  readonly id: string;
  readonly currency: Currency;
}

/** Seals what each party got of a period, when it closes. */
@Injectable()
export class PartyStatements {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps one statement a party and the root of them all. Call it in the transaction that closes the period. */
  async seal(tx: Tx, period: string): Promise<void> {
    const { root, statements } = sealStatements(period, await figuresOf(tx, period));
    await tx.execute(
      'INSERT INTO period_statement_roots (period, root_hash, statements, sealed_at) VALUES ($1, $2, $3, $4)',
      [...[period, root, statements.length, this.#clock.now()]],
    );
    await tx.execute(
      `INSERT INTO period_statements (period, participant_id, leaf_index, leaf_hash, document)
       SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::text[], $5::text[])`,
      [
        period,
        statements.map(({ participantId }) => participantId),
        statements.map(({ leafIndex }) => leafIndex),
        statements.map(({ leafHash }) => leafHash),
        statements.map(({ document }) => document),
      ],
    );
  }
}

async function figuresOf(tx: Tx, period: string): Promise<readonly PartyFigures[]> {
  const shares = await tx.query<Row & { number: string; share: string; cause: string; amount: string }>(SHARES, [
    period,
  ]);
  const payouts = await tx.query<Row & { state: string; gross_minor: string; amount_minor: string }>(PAYOUTS, [period]);
  const deferrals = await tx.query<Row & { kind: string; amount_minor: string }>(DEFERRALS, [period]);
  const of = <R extends Row>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> =>
    Map.groupBy(rows, ({ party }) => party);
  const [ownShares, ownPayouts, ownDeferrals] = [of(shares), of(payouts), of(deferrals)];
  const parties = new Set([...ownShares.keys(), ...ownPayouts.keys(), ...ownDeferrals.keys()]);
  return [...parties].map((participantId) => ({
    participantId,
    shares: (ownShares.get(participantId) ?? []).map(({ id, number, share, cause, amount, currency }) => ({
      ...{ invoiceId: id, number, share, cause, currency },
      amountMinor: BigInt(amount),
    })),
    payouts: (ownPayouts.get(participantId) ?? []).map(({ id, state, currency, ...row }) => ({
      ...{ payoutId: id, status: state, currency },
      grossMinor: BigInt(row.gross_minor),
      paidMinor: BigInt(row.amount_minor),
    })),
    deferrals: (ownDeferrals.get(participantId) ?? []).map(({ id, kind, currency, amount_minor: minor }) => ({
      ...{ deferralId: id, kind, currency },
      amountMinor: BigInt(minor),
    })),
  }));
}

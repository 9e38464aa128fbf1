import { describe, expect, it } from '@jest/globals';
import { hledger, hledgerInstalled } from './hledger.js';
import type { Act } from './simulation/acts.js';
import { figuresOf } from './simulation/figures.js';
import { journalOf } from './simulation/journal.js';
import { PlainLedger } from './simulation/plain-ledger.js';
import { seedsOf } from './simulation/seeds.js';
import { storyOf } from './simulation/story.js';

/**
 * Whole months, a thousand times: the rules as they run in production make the postings (rating, tax, split, payment,
 * credit note, reversal), a plain ledger takes them, and three others say whether it is right: figures a bookkeeper
 * could keep on paper, the sum of each currency, and hledger. `simulation.int.spec.ts` tells some of them to PostgreSQL.
 */
const seeds = seedsOf('SIMULATION_SEEDS', 1_000);
/** As many to a journal as hledger reads in a few seconds. */
const CHUNK = 250;

const expected = (act: Act): string => ('refusedAs' in act ? act.refusedAs : undefined) ?? 'ok';
const readable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));

/** Tells a story to a plain ledger. @throws Error naming the seed and the act that ended otherwise than it had to. */
function told(seed: number): PlainLedger {
  const { acts, figures } = storyOf(seed);
  const ledger = new PlainLedger();
  for (const [index, act] of acts.entries()) {
    const outcome = ledger.perform(act);
    if (outcome !== expected(act)) {
      throw new Error(`Seed ${seed}, act ${index}: ${outcome} instead of ${expected(act)}. ${readable(act)}`);
    }
  }
  expect([seed, figuresOf(ledger.balances)]).toEqual([seed, figures]);
  const sums = new Map<string, bigint>();
  for (const [{ currency }, balance] of ledger.balances) sums.set(currency, (sums.get(currency) ?? 0n) + balance);
  expect([seed, [...sums.values()].filter((sum) => sum !== 0n)]).toEqual([seed, []]);
  return ledger;
}

const chunks = Array.from({ length: Math.ceil(seeds.length / CHUNK) }, (_, index) =>
  seeds.slice(index * CHUNK, (index + 1) * CHUNK),
);

describe('months of orders, usage, corrections, payments, returns, refunds, payouts and changing rates', () => {
  it.each(chunks.map((chunk) => [chunk[0], chunk.at(-1), chunk] as const))(
    'end balanced and as a plain model says, and hledger agrees: seeds %s to %s',
    (_first, _last, chunk) => {
      const ledgers = chunk.map((seed) => ({ seed, ledger: told(seed) }));
      // Without hledger the notice of hledger.ts stands at the head of the run.
      if (hledgerInstalled) expect(hledger(journalOf(ledgers), 'check', '-s')).toBe('');
    },
    120_000,
  );

  it('are the same for the same seed, and touch every kind of thing that can happen', () => {
    expect(readable(storyOf(7).acts)).toBe(readable(storyOf(7).acts));
    const seen = new Set(
      seeds
        .slice(0, 200)
        .flatMap((seed) =>
          storyOf(seed).acts.flatMap((act) =>
            act.kind === 'post'
              ? act.postings.flatMap(({ movement, legs }) => [
                  `${movement} ${expected(act)}`,
                  ...legs.map(({ side, account }) => `${movement} ${side} ${account.kind}`),
                ])
              : [`${act.kind} ${expected(act)}`],
          ),
        ),
    );
    for (const thing of [
      ...['invoice_issued', 'invoice_paid', 'invoice_credited', 'payment_reversed', 'credit_on_account'],
      ...['refund_instructed', 'payout_instructed', 'payout_rejected', 'payout_returned', 'currency_converted'],
      ...[
        'fx_realised',
        'fx_revalued',
        'difference_posted',
        'bank_credit',
        'bank_debit',
        'reserve',
        'use',
        'void',
        'expire',
        'close',
      ],
    ]) {
      expect([thing, seen.has(`${thing} ok`)]).toEqual([thing, true]);
    }
    // Taken back after it was paid out, paid again, and set off against another payout.
    for (const leg of [
      ...['payment_reversed debit receivable:party', 'invoice_credited debit receivable:party'],
      ...['invoice_paid credit receivable:party', 'payout_instructed credit receivable:party'],
    ]) {
      expect([leg, seen.has(leg)]).toEqual([leg, true]);
    }
    for (const refusal of ['POSTING_KEY_REUSED', 'POSTING_INVALID', 'POSTING_UNBALANCED', 'MOVEMENT_NOT_PERMITTED']) {
      expect([refusal, [...seen].some((thing) => thing.endsWith(` ${refusal}`))]).toEqual([refusal, true]);
    }
    for (const refusal of [
      'LEDGER_LIMIT_REACHED',
      'LEDGER_PERIOD_CLOSED',
      'HOLD_EXCEEDED',
      'HOLD_EXPIRED',
      'HOLD_RESOLVED',
    ]) {
      expect([refusal, [...seen].some((thing) => thing.endsWith(` ${refusal}`))]).toEqual([refusal, true]);
    }
  });
});

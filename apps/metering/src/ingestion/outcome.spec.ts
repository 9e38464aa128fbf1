import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '@hetao/kernel';
import { type Quota, QuotaBook } from '../quota/quota.js';
import { type Candidate, decideOutcomes, type Refusal } from './outcome.js';
import { usageEventErrors } from './usage-event.errors.js';

const closed: Refusal = usageEventErrors.USAGE_PERIOD_CLOSED('The period is closed.');

function candidate(id: string, quantity: number, refusal?: Refusal): Candidate {
  const quantities = [{ meter: 'calls', quantity: Decimal.of(quantity) }];
  const event = { source: '/log', id, agreementId: 'agr_1', timeMs: 0, quantities, data: '', payload: '' };
  return { event, key: `1 ${id}`, payloadHash: `hash of ${quantity}`, refusal, takesQuota: true };
}
const quota = (limit: number, used = 0): Quota => ({
  agreementId: 'agr_1',
  meter: 'calls',
  limit: Decimal.of(limit),
  used: Decimal.of(used),
  isExhausted: false,
});
const decide = (batch: Candidate[], counted: [string, string][] = [], quotas: Quota[] = []) =>
  decideOutcomes(batch, new Map(counted), new QuotaBook(quotas)).map((one) =>
    'error' in one ? `${one.status} ${one.error.code}` : one.status,
  );

describe('outcomes', () => {
  it('tell new, repeated and conflicting events apart, within the batch and against what was counted', () => {
    expect(decide([candidate('a', 1), candidate('a', 1), candidate('a', 2)])).toEqual([
      'accepted',
      'duplicate',
      'conflict USAGE_EVENT_CONFLICT',
    ]);
    expect(
      decide(
        [candidate('a', 1), candidate('b', 2)],
        [
          ['1 a', 'hash of 1'],
          ['1 b', 'hash of 1'],
        ],
      ),
    ).toEqual(['duplicate', 'conflict USAGE_EVENT_CONFLICT']);
  });

  it('answer a repeated event as before, whatever has happened since', () => {
    const counted: [string, string][] = [['1 a', 'hash of 1']];
    expect(decide([candidate('a', 1, closed)], counted)).toEqual(['duplicate']);
    expect(decide([candidate('a', 1)], counted, [quota(5, 5)])).toEqual(['duplicate']);
    expect(decide([candidate('b', 1, closed)])).toEqual(['rejected USAGE_PERIOD_CLOSED']);
  });

  it('leave the id of a rejected event free', () => {
    expect(decide([candidate('a', 1, closed), candidate('a', 2)])).toEqual([
      'rejected USAGE_PERIOD_CLOSED',
      'accepted',
    ]);
    expect(decide([candidate('a', 9), candidate('a', 5), candidate('a', 5)], [], [quota(5)])).toEqual([
      'rejected QUOTA_EXHAUSTED',
      'accepted',
      'duplicate',
    ]);
  });

  it('are the same for any cut of a stream into batches', () => {
    const stream = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        quantity: fc.integer({ min: 1, max: 3 }),
        isRefused: fc.boolean(),
        endsBatch: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(stream, fc.nat(12), (sent, limit) => {
        const candidates = sent.map((one) => candidate(one.id, one.quantity, one.isRefused ? closed : undefined));
        const whole = decide(candidates, [], [quota(limit)]);
        const store = new Map<string, string>();
        let quotas: readonly Quota[] = [quota(limit)];
        const parts: string[] = [];
        let batch: Candidate[] = [];
        sent.forEach((one, index) => {
          batch.push(candidates[index] ?? candidate('never', 0));
          if (!one.endsBatch && index < sent.length - 1) return;
          const book = new QuotaBook(quotas);
          const outcomes = decideOutcomes(batch, store, book);
          outcomes.forEach((outcome, at) => {
            const done = batch[at];
            if (outcome.status === 'accepted' && done) store.set(done.key, done.payloadHash);
            parts.push('error' in outcome ? `${outcome.status} ${outcome.error.code}` : outcome.status);
          });
          quotas = book.changed().length > 0 ? book.changed() : quotas;
          batch = [];
        });
        expect(parts).toEqual(whole);
      }),
    );
  });
});

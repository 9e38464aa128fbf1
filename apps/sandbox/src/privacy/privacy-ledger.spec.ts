import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import type { Mechanism } from '@hetao/learning';
import {
  charge,
  deltaFor,
  epsilonCharged,
  epsilonReserved,
  giveBack,
  reserve,
  type PrivacyLedger,
} from './privacy-ledger.js';

const empty: PrivacyLedger = { id: 'plg_1', epsilonCap: 3, delta: 1e-6, entries: [] };
const round: Mechanism = { kind: 'sampled_gaussian', samplingRate: 0.01, noiseMultiplier: 1 };

describe('a privacy ledger', () => {
  it('keeps δ below one in ten times everybody', () => {
    expect(deltaFor(1_000)).toBe(1e-6);
    expect(deltaFor(1_000_000)).toBe(1e-7);
  });

  it('refuses what passes the cap, and says by how much', () => {
    const refused = reserve(empty, { spender: 'training_run', spenderId: 'trn_1', mechanism: round, count: 100_000 });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'PRIVACY_BUDGET_EXHAUSTED', meta: { cap: 3, taken: 0 } },
    });
  });

  it('never holds nor charges more than the cap, whatever is reserved, charged and given back', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('reserve' as const),
        count: fc.integer({ min: 1, max: 3_000 }),
        noise: fc.constantFrom(0.8, 1, 2),
      }),
      fc.record({ do: fc.constantFrom('charge' as const, 'give_back' as const), at: fc.nat(5) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let ledger = empty;
        let left = 0;
        steps.forEach((each, index) => {
          if (each.do === 'reserve') {
            const mechanism: Mechanism = { kind: 'sampled_gaussian', samplingRate: 0.01, noiseMultiplier: each.noise };
            const entry = reserve(ledger, {
              spender: 'training_run',
              spenderId: `trn_${index}`,
              mechanism,
              count: each.count,
            });
            if (entry.ok) ledger = { ...ledger, entries: [...ledger.entries, entry.value] };
          } else {
            const entries = ledger.entries.map((entry, at) => {
              if (at !== each.at) return entry;
              const changed = each.do === 'charge' ? charge(entry) : { ok: true as const, value: giveBack(entry) };
              return changed.ok ? changed.value : entry;
            });
            ledger = { ...ledger, entries };
          }
          // What has left never grows smaller: there is no refill.
          const charged = ledger.entries.reduce((sum, entry) => sum + entry.charged, 0);
          expect(charged).toBeGreaterThanOrEqual(left);
          left = charged;
          expect(epsilonReserved(ledger)).toBeLessThanOrEqual(3);
          expect(epsilonCharged(ledger)).toBeLessThanOrEqual(epsilonReserved(ledger));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('charges no more than was reserved', () => {
    const entry = unwrap(
      reserve(empty, { spender: 'query', spenderId: 'q', mechanism: { kind: 'zcdp', rho: 0.001 }, count: 1 }),
    );
    const used = unwrap(charge(entry));
    expect(charge(used)).toMatchObject({ ok: false, error: { code: 'PRIVACY_RESERVATION_USED_UP' } });
    expect(giveBack(used)).toEqual(used);
  });
});

import { describe, expect, it } from '@jest/globals';
import { money } from '@hetao/kernel';
import fc from 'fast-check';
import { allotAnew, allotInstalment, total, type Allotment } from './allotment.js';
import type { RevenueParty } from './price-plan-v2.js';
import { split } from './split.js';
import { splitV2, type ShareKey, type SplitTermsV2 } from './split-v2.js';

const cny = (minor: bigint) => money(minor, 'CNY');
const parties: fc.Arbitrary<RevenueParty[]> = fc.uniqueArray(
  fc.record({
    role: fc.constantFrom<RevenueParty['role']>('source', 'body'),
    participantId: fc.constantFrom('par_a', 'par_b', 'par_c'),
    bps: fc.nat(1_500),
  }),
  { maxLength: 4, selector: ({ role, participantId }) => `${role}:${participantId}` },
);
const terms: fc.Arbitrary<SplitTermsV2> = fc.record({
  fee: fc.record({ exchangeBps: fc.nat(2_000), channelBps: fc.nat(2_000) }),
  channelPresent: fc.boolean(),
  parties,
  withholding: fc.option(fc.record({ jurisdiction: fc.constant('CN' as const), rateBps: fc.nat(3_000) })),
});
const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
const entitledOf = (net: bigint, tax: bigint, deal: SplitTermsV2): Allotment =>
  new Map(
    splitV2({ net: cny(net), tax: cny(tax), ...deal }).parts.map((part) => [part.party, part.amount.amountMinor]),
  );
const add = (a: Allotment, b: Allotment): Allotment =>
  new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((key: ShareKey) => [key, (a.get(key) ?? 0n) + (b.get(key) ?? 0n)]),
  );
const settled = (allotment: Allotment): [string, bigint][] => [...allotment].filter(([, minor]) => minor !== 0n).sort();

describe('a split among many', () => {
  it('adds up to the gross exactly, and gives nobody less than nothing', () => {
    fc.assert(
      fc.property(amount, amount, terms, (net, tax, deal) => {
        const entitled = entitledOf(net, tax, deal);
        expect(total(entitled)).toBe(net + tax);
        expect([...entitled.values()].every((minor) => minor >= 0n)).toBe(true);
      }),
    );
  });

  it('is the first rule’s split when nobody else takes part, and says so', () => {
    fc.assert(
      fc.property(amount, amount, terms, (net, tax, deal) => {
        const input = { net: cny(net), tax: cny(tax), fee: deal.fee, channelPresent: deal.channelPresent };
        const plain = splitV2({ ...input, parties: [], withholding: null });
        expect(plain.parts).toEqual(split(input).parts);
        expect(plain.splitRuleVersion).toBe('split-1');
      }),
    );
  });

  it('records who is served first when remainders are equal', () => {
    const result = splitV2({
      net: cny(1n),
      tax: cny(0n),
      fee: { exchangeBps: 2_500, channelBps: 0 },
      channelPresent: false,
      parties: [
        { role: 'source', participantId: 'par_b', bps: 2_500 },
        { role: 'body', participantId: 'par_a', bps: 2_500 },
      ],
      withholding: null,
    });
    expect(result.tieOrder).toEqual(['merchant', 'source:par_b', 'body:par_a', 'exchange']);
    expect(result.parts[0]).toEqual({ party: 'merchant', amount: cny(1n) });
    expect(result.splitRuleVersion).toBe('split-2');
  });

  it('takes withholding out of the merchant’s part, half up', () => {
    const withholding = { jurisdiction: 'CN' as const, rateBps: 1_000 };
    const deal = { fee: { exchangeBps: 0, channelBps: 0 }, channelPresent: false, parties: [], withholding };
    expect([...entitledOf(10_005n, 600n, deal)]).toEqual([
      ['merchant', 9_004n],
      ['withholding', 1_001n],
      ['exchange', 0n],
      ['tax', 600n],
    ]);
  });
});

describe('money that comes in parts and goes back in parts', () => {
  /** What happens to an invoice: shares of what is still open or kept, in thousandths. */
  const steps = fc.array(fc.record({ kind: fc.constantFrom('pay', 'credit'), thousandths: fc.nat(1_000) }), {
    maxLength: 12,
  });

  it('always adds up, never takes from anybody by a payment, and ends at each party’s part, or at zero', () => {
    fc.assert(
      fc.property(amount, amount, terms, steps, (net, tax, deal, moves) => {
        let [leftNet, leftTax, kept] = [net, tax, 0n];
        let allotted: Allotment = new Map();
        const entitled = () => entitledOf(leftNet, leftTax, deal);
        const pay = (minor: bigint): void => {
          const change =
            kept === total(allotted) ? allotInstalment(entitled(), allotted, minor) : new Map<ShareKey, bigint>();
          expect([...change.values()].every((gain) => gain >= 0n)).toBe(true);
          allotted = add(allotted, change);
          kept += minor;
        };
        const credit = (creditNet: bigint, creditTax: bigint): void => {
          leftNet -= creditNet;
          leftTax -= creditTax;
          const gross = leftNet + leftTax;
          kept = kept > gross ? gross : kept;
          allotted = add(allotted, allotAnew(entitled(), allotted, kept));
        };
        for (const { kind, thousandths } of moves) {
          const part = (of: bigint): bigint => (of * BigInt(thousandths)) / 1_000n;
          if (kind === 'pay') pay(part(leftNet + leftTax - kept));
          else credit(part(leftNet), part(leftTax));
          expect(total(allotted)).toBe(kept);
        }
        pay(leftNet + leftTax - kept);
        expect(settled(allotted)).toEqual(settled(entitled()));
        credit(leftNet, leftTax);
        expect(settled(allotted)).toEqual([]);
      }),
    );
  });

  it('refuses more than is still to get', () => {
    const entitled: Allotment = new Map([['merchant', 5n]]);
    expect(() => allotInstalment(entitled, new Map(), 6n)).toThrow('ALLOTMENT_INVALID');
    expect(() => allotInstalment(entitled, new Map([['merchant', 6n]]), 0n)).toThrow('ALLOTMENT_INVALID');
    expect(() => allotInstalment(entitled, new Map(), -1n)).toThrow('ALLOTMENT_INVALID');
  });
});

import { describe, expect, it } from '@jest/globals';
import { money } from '@hetao/kernel';
import fc from 'fast-check';
import { split, splitRefund, type Split, type SplitTerms, type TaxedAmount } from './split.js';
import { taxOn } from './tax.js';

const cny = (amountMinor: bigint) => money(amountMinor, 'CNY');
const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n });
const terms: fc.Arbitrary<SplitTerms> = fc
  .record({ exchange: fc.nat(10_000), channel: fc.nat(10_000), channelPresent: fc.boolean() })
  .filter(({ exchange, channel }) => exchange + channel <= 10_000)
  .map(({ exchange, channel, channelPresent }) => ({
    fee: { exchangeBps: exchange, channelBps: channel },
    channelPresent,
  }));
const taxed = (net: bigint, tax: bigint): TaxedAmount => ({ net: cny(net), tax: cny(tax) });
const byParty = ({ parts }: Split): Record<string, bigint> =>
  Object.fromEntries(parts.map(({ party, amount }) => [party, amount.amountMinor]));
const total = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n);

/** Largest remainder in plain bigint over basis points, ties to merchant, channel, exchange. */
function model(net: bigint, { fee, channelPresent }: SplitTerms): Record<string, bigint> {
  const channel = channelPresent ? fee.channelBps : 0;
  const bps: [string, bigint][] = [
    ['merchant', BigInt(10_000 - fee.exchangeBps - channel)],
    ['channel', BigInt(channel)],
    ['exchange', BigInt(fee.exchangeBps)],
  ];
  const got = new Map(bps.map(([party, weight]) => [party, (net * weight) / 10_000n]));
  for (let left = net - total(got.values()), served = new Set<string>(); left > 0n; left -= 1n) {
    let best = '';
    for (const [party, weight] of bps) {
      const remainder = (net * weight) % 10_000n;
      const leader = bps.find(([name]) => name === best)?.[1] ?? 0n;
      if (!served.has(party) && (best === '' || remainder > (net * leader) % 10_000n)) best = party;
    }
    served = new Set([...served, best]);
    got.set(best, (got.get(best) ?? 0n) + 1n);
  }
  if (!channelPresent) got.delete('channel');
  return Object.fromEntries(got);
}

describe('split', () => {
  it('shares as the plain model does and adds up to the gross exactly', () => {
    fc.assert(
      fc.property(amounts, amounts, terms, (net, tax, deal) => {
        const result = split({ ...taxed(net, tax), ...deal });
        expect(byParty(result)).toEqual({ ...model(net, deal), tax });
        expect(result.gross.amountMinor).toBe(net + tax);
        expect(total(Object.values(byParty(result)))).toBe(net + tax);
      }),
    );
  });

  it('leaves the fee of an absent channel with the merchant', () => {
    const fee = { exchangeBps: 500, channelBps: 300 };
    expect(byParty(split({ ...taxed(78736n, 4724n), fee, channelPresent: true }))).toEqual({
      merchant: 72437n,
      channel: 2362n,
      exchange: 3937n,
      tax: 4724n,
    });
    expect(byParty(split({ ...taxed(78736n, 4724n), fee, channelPresent: false }))).toEqual({
      merchant: 74799n,
      exchange: 3937n,
      tax: 4724n,
    });
  });

  it('gives a unit left over on a tie to merchant, then channel, then exchange', () => {
    const even = { fee: { exchangeBps: 5_000, channelBps: 0 }, channelPresent: false };
    expect(byParty(split({ ...taxed(1n, 0n), ...even }))).toEqual({ merchant: 1n, exchange: 0n, tax: 0n });
    const fees = { fee: { exchangeBps: 5_000, channelBps: 5_000 }, channelPresent: true };
    expect(byParty(split({ ...taxed(1n, 0n), ...fees }))).toEqual({ merchant: 0n, channel: 1n, exchange: 0n, tax: 0n });
  });

  it('shares a negative invoice as the exact negative of its positive', () => {
    fc.assert(
      fc.property(amounts, amounts, terms, (net, tax, deal) => {
        const positive = byParty(split({ ...taxed(net, tax), ...deal }));
        const negative = byParty(split({ ...taxed(-net, -tax), ...deal }));
        for (const [party, amount] of Object.entries(positive)) expect(amount + (negative[party] ?? 1n)).toBe(0n);
      }),
    );
  });

  it.each([
    { exchangeBps: 9_000, channelBps: 1_001 },
    { exchangeBps: -1, channelBps: 0 },
    { exchangeBps: 0.5, channelBps: 0 },
    { exchangeBps: Number.NaN, channelBps: 0 },
  ])('refuses the fee %j', (fee) => {
    expect(() => split({ ...taxed(1n, 0n), fee, channelPresent: false })).toThrow('SPLIT_TERMS_INVALID');
  });

  it('refuses net and tax of two currencies', () => {
    const fee = { exchangeBps: 0, channelBps: 0 };
    expect(() => split({ net: cny(1n), tax: money(1n, 'HKD'), fee, channelPresent: false })).toThrow(
      'CURRENCY_MISMATCH',
    );
  });
});

describe('splitRefund', () => {
  const cuts = fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 6 });

  it('returns every party to zero however the refund is cut, each piece adding up exactly', () => {
    fc.assert(
      fc.property(amounts, amounts, terms, cuts, (net, tax, deal, pieces) => {
        const invoiced = taxed(net, tax);
        const held = byParty(split({ ...invoiced, ...deal }));
        let [netBack, taxBack] = [0n, 0n];
        const refund = (netPiece: bigint, taxPiece: bigint): void => {
          const refundedBefore = taxed(netBack, taxBack);
          const piece = splitRefund({ invoiced, refundedBefore, refund: taxed(netPiece, taxPiece), ...deal });
          expect(total(Object.values(byParty(piece)))).toBe(-(netPiece + taxPiece));
          expect(piece.gross.amountMinor).toBe(-(netPiece + taxPiece));
          for (const [party, amount] of Object.entries(byParty(piece))) held[party] = (held[party] ?? 0n) + amount;
          [netBack, taxBack] = [netBack + netPiece, taxBack + taxPiece];
          expect(held).toEqual(byParty(split({ ...taxed(net - netBack, tax - taxBack), ...deal })));
        };
        for (const [a, b] of pieces) refund(((net - netBack) * BigInt(a)) / 100n, ((tax - taxBack) * BigInt(b)) / 100n);
        refund(net - netBack, tax - taxBack);
        expect(Object.values(held).every((amount) => amount === 0n)).toBe(true);
      }),
    );
  });

  it.each([
    ['more net than is left', taxed(61n, 0n), '61 minor units of net were to be refunded; 60 are left'],
    ['more tax than is left', taxed(0n, 7n), '7 minor units of tax were to be refunded; 6 are left'],
    ['less than nothing', taxed(-1n, 0n), '-1 minor units of net'],
  ])('refuses to refund %s', (_case, refund, message) => {
    const deal = { fee: { exchangeBps: 500, channelBps: 0 }, channelPresent: false };
    const back = () => splitRefund({ invoiced: taxed(100n, 10n), refundedBefore: taxed(40n, 4n), refund, ...deal });
    expect(back).toThrow('REFUND_TOO_LARGE');
    expect(back).toThrow(message);
  });
});

describe('taxOn', () => {
  it('rounds half up by definition, the same for refunds', () => {
    fc.assert(
      fc.property(amounts, fc.nat(10_000), (net, rateBps) => {
        const expected = (net * BigInt(rateBps) * 2n + 10_000n) / 20_000n;
        expect(taxOn(cny(net), { rateBps }).amountMinor).toBe(expected);
        expect(taxOn(cny(-net), { rateBps }).amountMinor).toBe(-expected);
      }),
    );
  });

  it('knows that the dong has no smaller unit', () => {
    expect(taxOn(money(12345n, 'VND'), { rateBps: 1_000 })).toEqual({ amountMinor: 1235n, currency: 'VND' });
  });
});

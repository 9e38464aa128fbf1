import type { Currency } from '@hetao/kernel';
import { credit, debit, exchangeOwner, type AccountKind, type Leg, type Posting } from '../ledger/ledger.js';
import type { SettlementPeriod } from '../period/period.js';
import type { FxGain } from './translation.repository.js';

/** What the rate made or cost between an invoice and its payment, in the functional currency. */
export function realisedPosting(gain: FxGain, functional: Currency): readonly Posting[] {
  if (gain.gainMinor === 0n) return [];
  return [
    {
      idempotencyKey: `fx_realised:${gain.gainId}`,
      movement: 'fx_realised',
      effectiveAt: gain.at,
      period: gain.period,
      reference: { kind: 'fx_gain', id: gain.gainId },
      legs: legsOf('fx:realised', gain.gainMinor, functional),
    },
  ];
}

/** What open positions are worth more or less when the period ends, and its exact opposite when the next begins. */
export function revaluedPostings(gain: FxGain, functional: Currency, period: SettlementPeriod): readonly Posting[] {
  if (gain.gainMinor === 0n) return [];
  const common = { movement: 'fx_revalued' as const, reference: { kind: 'fx_gain', id: gain.gainId } };
  return [
    {
      ...common,
      idempotencyKey: `fx_revalued:${gain.gainId}`,
      effectiveAt: gain.at,
      period: period.period,
      legs: legsOf('fx:unrealised', gain.gainMinor, functional),
    },
    {
      ...common,
      idempotencyKey: `fx_revalued_back:${gain.gainId}`,
      effectiveAt: period.endsAt,
      period: nextPeriod(period.period),
      legs: legsOf('fx:unrealised', -gain.gainMinor, functional),
    },
  ];
}

function legsOf(kind: AccountKind, gainMinor: bigint, currency: Currency): readonly Leg[] {
  const result = { owner: exchangeOwner, kind, currency };
  const trading = { owner: exchangeOwner, kind: 'trading', currency } as const;
  return gainMinor > 0n
    ? [debit(trading, gainMinor), credit(result, gainMinor)]
    : [debit(result, -gainMinor), credit(trading, -gainMinor)];
}

/** `2015-12` → `2016-01`. */
function nextPeriod(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

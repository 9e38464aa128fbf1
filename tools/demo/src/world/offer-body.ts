import { monthsAfter, type Calendar } from './calendar.js';
import type { OfferPlan } from './world.js';

/** How long what is to be over at once holds: enough to ask, agree, sign and be released. */
const FLEETING_MS = 20_000;
const STANDING_MONTHS = 24;
const VALID_MONTHS = 12;
const RETENTION_DAYS = 365;

/** An offer as `POST /v1/offers` takes it, with its times. */
export function offerBody(
  { plan, seed }: OfferPlan,
  to: { readonly productId: string; readonly channelPartnerId: string | null },
  when: { readonly calendar: Calendar; readonly nowMs: number },
) {
  const fleeting = new Date(when.nowMs + FLEETING_MS).toISOString();
  return {
    product_id: to.productId,
    plan,
    policy: {
      purposes: seed.purposes,
      places_of_use: seed.places,
      onward_use: seed.onwardUse ?? false,
      retention_days: seed.retentionDays === undefined ? RETENTION_DAYS : seed.retentionDays,
    },
    quota: seed.quota ?? null,
    valid_until: seed.valid === 'today' ? fleeting : monthsAfter(when.calendar.current, VALID_MONTHS),
    term: termOf(seed.term ?? 'standing', when.calendar, fleeting),
    channel_partner_id: to.channelPartnerId,
  };
}

function termOf(term: NonNullable<OfferPlan['seed']['term']>, calendar: Calendar, fleeting: string) {
  const { earlier, last, current, next } = calendar;
  const until = monthsAfter(current, STANDING_MONTHS);
  const at = (ms: number) => new Date(ms).toISOString();
  switch (term) {
    case 'standing':
      return { from: at(last.startMs), until };
    case 'story':
      return { from: at(earlier.startMs), until };
    case 'month':
      return { from: at(last.startMs), until: at(current.endMs) };
    case 'next':
      return { from: at(next.startMs), until };
    case 'today':
      return { from: at(last.startMs), until: fleeting };
  }
}

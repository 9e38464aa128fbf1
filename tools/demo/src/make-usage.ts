import type { ExchangeApi } from '../../exchange/api.js';
import { sendBatch } from '../../trade/src/usage.js';
import { atMost } from './at-most.js';
import type { Making } from './making.js';
import { ZONE, type Month } from './world/calendar.js';
import type { DealPlan } from './world/world.js';
import { usageBetween, type UsageEvent } from './world/usage-pattern.js';

const BATCH = 1_000;
/** A batch is a second of work: more at once would only wait for each other's totals. */
const BATCHES_AT_ONCE = 3;

/** Reports what was used, month by month, and closes the months that are over. Sent again, nothing counts twice. */
export async function makeUsage(making: Making): Promise<void> {
  const { cast, found, world, calendar, progress } = making;
  progress.stage('usage');
  // What is closed last is closed for good: then every event before it was counted.
  const closed = await isClosed(cast.operator, calendar.last);
  const entitled = await entitledAgreements(cast.operator);
  await atMost(BATCHES_AT_ONCE, closed ? [] : world.deals, async (deal) => {
    const agreement = found.agreement(deal);
    if (deal.usage !== undefined && agreement !== undefined && entitled.has(agreement.id)) {
      const events = eventsOf(deal, agreement.id, making);
      const merchant = await cast.as(deal.merchant, found);
      for (let at = 0; at < events.length; at += BATCH) await sendBatch(merchant, events.slice(at, at + BATCH));
    }
    progress.advance();
  });
  if (closed) return progress.advance(world.deals.length + MONTHS_CLOSED);
  for (const month of [calendar.earlier, calendar.last]) {
    await cast.operator.post(`/v1/usage/periods/${month.period}/close`, { time_zone: ZONE });
    progress.advance();
  }
}

/** How many steps {@link makeUsage} takes beside one a deal. */
export const MONTHS_CLOSED = 2;

/** An agreement that time overtook before both had signed, or before customs released it, was never used. */
async function entitledAgreements(operator: ExchangeApi): Promise<ReadonlySet<string>> {
  const entitlements = await operator.list<{ agreement_id: string }>('/v1/entitlements');
  return new Set(entitlements.map((entitlement) => entitlement.agreement_id));
}

async function isClosed(operator: ExchangeApi, { period }: Month): Promise<boolean> {
  return (await operator.get<{ state: string }>(`/v1/usage/periods/${period}`)).state === 'closed';
}

/** An agreement that is over was used last month; one in force still is, up to the last whole hour. */
function eventsOf(deal: DealPlan, agreementId: string, { calendar, found }: Making): readonly UsageEvent[] {
  const { usage, merchant, product, key } = deal;
  if (usage === undefined) return [];
  const isStory = found.offerPlan(deal.offer)?.seed.term === 'story';
  const from = isStory ? calendar.earlier : calendar.last;
  const untilMs = deal.state === 'in_force' ? Math.min(Date.now(), calendar.current.endMs) : calendar.last.endMs;
  const source = `https://${merchant}.hetao.demo/usage/${product.slice(merchant.length + 1)}`;
  return usageBetween({ key, usage, source, agreementId }, from.startMs, untilMs);
}

import { atMost } from './at-most.js';
import { AT_ONCE, type Making } from './making.js';
import { demands, type DemandPlan } from './world/demands.js';

const DAY_MS = 86_400_000;

interface Demand {
  readonly id: string;
  readonly title: string;
}

/** Posts what buyers look for and nobody sells yet; one of them is answered. */
export async function makeDemands(making: Making): Promise<void> {
  const posted = await making.cast.operator.list<Demand>('/v1/demands');
  await atMost(AT_ONCE, demands, async (plan) => {
    if (!posted.some(({ title }) => title === plan.title)) await post(making, plan);
  });
}

async function post({ cast, found }: Making, { buyer, days, answer, ...demand }: DemandPlan): Promise<void> {
  const open_until = new Date(Date.now() + days * DAY_MS).toISOString();
  const { id } = await (await cast.as(buyer, found)).post<Demand>('/v1/demands', { ...demand, open_until });
  if (answer === undefined) return;
  const { merchant, message } = answer;
  await (await cast.as(merchant, found)).post(`/v1/demands/${id}/answers`, { message });
}

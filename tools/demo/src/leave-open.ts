import { declareAgreement, type ClearingStory } from '../../exchange/clear.js';
import type { Agreement } from './answers.js';
import type { Making } from './making.js';
import type { DealPlan, World } from './world/world.js';

/** How the exporter of a deal names itself to customs. */
export function exporterCard({ organisations }: World, { merchant }: DealPlan): ClearingStory['exporter'] {
  const { registration } = organisations.find(({ slug }) => slug === merchant) ?? {};
  return {
    name: registration?.name.en ?? merchant,
    place: registration?.jurisdiction ?? 'CN',
    registration_number: `DEMO-${merchant.toUpperCase()}`,
  };
}

/** What others are to decide about a deal: so that an operator who opens the demo finds work, as on any morning. */
export async function leaveOpen(making: Making, deal: DealPlan, agreement: Agreement): Promise<void> {
  const { cast, found, world } = making;
  const waitsAtTheBorder = deal.state === 'concluded' && agreement.release !== null;
  if (waitsAtTheBorder) {
    await declareAgreement(await cast.as(deal.merchant, found), agreement.id, { exporter: exporterCard(world, deal) });
  }
  if (deal.dispute !== undefined) await dispute(making, deal, agreement);
}

async function dispute({ cast, found }: Making, deal: DealPlan, agreement: Agreement): Promise<void> {
  const buyer = await cast.as(deal.buyer, found);
  const disputes = await buyer.list<{ readonly agreement_id: string }>('/v1/agreement-disputes');
  if (disputes.some(({ agreement_id: disputed }) => disputed === agreement.id)) return;
  await buyer.post(`/v1/agreements/${agreement.id}/disputes`, deal.dispute);
}

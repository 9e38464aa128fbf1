import { type ExchangeApi, ExchangeProblem, whenKnown } from '../../exchange/api.js';
import { clearAgreement } from '../../exchange/clear.js';
import type { AccessRequest, Agreement, Offer } from './answers.js';
import { lastToFirst } from './at-most.js';
import { exporterCard, leaveOpen } from './leave-open.js';
import { AT_ONCE, type Making } from './making.js';
import { HOUR_MS } from './world/calendar.js';
import { offerBody } from './world/offer-body.js';
import type { DealPlan, OfferPlan } from './world/world.js';

/** What time alone decides: a demo whose making was interrupted finds some doors closed, and leaves them so. */
const OVERTAKEN = new Set([
  'OFFER_EXPIRED',
  'OFFER_WITHDRAWN',
  'OFFER_TERM_INVALID',
  'REQUEST_EXPIRED',
  'AGREEMENT_SIGNING_OVER',
]);

/** Publishes every offer, and brings every deal under it as far as it is to go. */
export async function makeContracts(making: Making): Promise<void> {
  const { world, progress } = making;
  progress.stage('contracts');
  const dealsOf = Map.groupBy(world.deals, (deal) => deal.offer);
  await lastToFirst(AT_ONCE, world.offers, async (plan) => {
    const deals = dealsOf.get(plan.key) ?? [];
    await unlessOvertaken(async () => {
      await publish(making, plan);
      for (const deal of deals) await unlessOvertaken(() => bring(making, deal));
    });
    progress.advance(1 + deals.length);
  });
}

async function publish({ cast, found, calendar }: Making, plan: OfferPlan): Promise<void> {
  let offer = found.offer(plan);
  const isFinished = offer !== undefined && !(plan.seed.withdrawn && offer.status === 'published');
  if (isFinished) return;
  const merchant = await cast.as(plan.merchant, found);
  if (offer === undefined) {
    const product = found.product(productOf(found, plan));
    const partner = plan.seed.channel?.partner;
    const to = {
      productId: product?.id ?? '',
      channelPartnerId: partner === undefined ? null : found.organisationId(partner),
    };
    const body = offerBody(plan, to, { calendar, nowMs: Date.now() });
    offer = await whenKnown(`The offer ${plan.key}`, () => merchant.post<Offer>('/v1/offers', body));
  }
  if (plan.seed.withdrawn) offer = await merchant.post<Offer>(`/v1/offers/${offer.id}/withdraw`);
  found.keepOffer(offer);
}

function productOf(found: Making['found'], { product, key }: OfferPlan) {
  const plan = found.productPlan(product);
  if (plan === undefined) throw new Error(`The offer ${key} is of no product.`);
  return plan;
}

/** From the request to wherever the deal is to stand; each step only from the state before it. */
async function bring(making: Making, deal: DealPlan): Promise<void> {
  const { found } = making;
  const request = found.request(deal) ?? (await ask(making, deal));
  found.keepRequest(request);
  if (request.status === 'requested') found.keepRequest(await answer(making, deal, request));
  const agreementId = found.request(deal)?.agreement_id ?? null;
  if (deal.state.startsWith('request') || agreementId === null) return;
  const known = found.agreement(deal);
  const stands = known !== undefined && !isUnfinished(deal, known);
  const agreement = stands ? known : await conclude(making, deal, agreementId);
  found.keepAgreement(agreement);
  await leaveOpen(making, deal, agreement);
}

async function ask({ cast, found }: Making, deal: DealPlan): Promise<AccessRequest> {
  const buyer = await cast.as(deal.buyer, found);
  const plan = found.offerPlan(deal.offer);
  const offer = plan && found.offer(plan);
  const body = { offer_id: offer?.id, purpose: deal.purpose, place_of_use: deal.place };
  return whenKnown(`The request ${deal.key}`, () => buyer.post<AccessRequest>('/v1/access-requests', body));
}

async function answer({ cast, found }: Making, deal: DealPlan, request: AccessRequest): Promise<AccessRequest> {
  const path = `/v1/access-requests/${request.id}`;
  if (deal.state === 'requested' || deal.state === 'request_expired') return request;
  if (deal.state === 'request_withdrawn')
    return (await cast.as(deal.buyer, found)).post<AccessRequest>(`${path}/withdraw`);
  const merchant = await cast.as(deal.merchant, found);
  return deal.state === 'request_declined'
    ? merchant.post<AccessRequest>(`${path}/decline`, { reason: deal.reason })
    : merchant.post<AccessRequest>(`${path}/agree`);
}

type Party = 'merchant' | 'buyer';

/** Who is to sign, in this order. */
function signersOf({ state }: DealPlan): readonly Party[] {
  if (state === 'unsigned' || state === 'lapsed') return [];
  if (state === 'signed_by_merchant') return ['merchant'];
  return state === 'signed_by_buyer' ? ['buyer'] : ['merchant', 'buyer'];
}

/** Who is to end it. */
function enderOf({ state }: DealPlan): Party | 'operator' | undefined {
  if (state === 'ended_by_buyer') return 'buyer';
  if (state === 'ended_by_merchant' || state === 'lapsed') return 'merchant';
  return state === 'terminated' ? 'operator' : undefined;
}

/** Those that are to stay concluded show what waiting for customs looks like. */
function waitsForRelease({ state }: DealPlan, { status, release }: Agreement): boolean {
  return status === 'concluded' && release !== null && state !== 'concluded';
}

function isUnfinished(deal: DealPlan, agreement: Agreement): boolean {
  const { status, signatures } = agreement;
  const signed = signatures.map(({ party }) => party);
  if (status === 'awaiting_signatures')
    return deal.state === 'lapsed' || signersOf(deal).some((party) => !signed.includes(party));
  return waitsForRelease(deal, agreement) || (status === 'in_force' && enderOf(deal) !== undefined);
}

async function conclude(making: Making, deal: DealPlan, agreementId: string): Promise<Agreement> {
  const { cast, found } = making;
  const path = `/v1/agreements/${agreementId}`;
  const sides = { merchant: await cast.as(deal.merchant, found), buyer: await cast.as(deal.buyer, found) };
  let agreement = await sides.buyer.get<Agreement>(path);
  for (const party of signersOf(deal)) {
    if (agreement.status !== 'awaiting_signatures') break;
    agreement = await sides[party].post<Agreement>(`${path}/sign`, { document_hash: agreement.document_hash });
  }
  if (waitsForRelease(deal, agreement)) {
    await release(making, deal, agreement);
    agreement = await sides.buyer.get<Agreement>(path);
  }
  const ender = enderOf(deal);
  if (ender === undefined || !isUnfinished(deal, agreement)) return agreement;
  const api: ExchangeApi = ender === 'operator' ? cast.operator : sides[ender];
  return api.post<Agreement>(`${path}/end`, { reason: deal.reason });
}

const mainlandDay = (instantMs: number) => new Date(instantMs + 8 * HOUR_MS).toISOString().slice(0, 10);

/** Takes the agreement through customs, from the day on which it begins or, where that is to come, from today. */
async function release({ cast, found, world }: Making, deal: DealPlan, agreement: Agreement): Promise<void> {
  const exporter = await cast.as(deal.merchant, found);
  const decided = {
    on: mainlandDay(Math.min(Date.parse(agreement.effective_from), Date.now())),
    // A decision that ends today is no ground for a release any more.
    until: mainlandDay(Math.max(Date.parse(agreement.effective_until), Date.now() + 24 * HOUR_MS)),
  };
  const officers = { officer: cast.operator, supervisor: cast.officer };
  await clearAgreement({ exporter, ...officers }, agreement.id, { exporter: exporterCard(world, deal), decided });
}

async function unlessOvertaken(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ExchangeProblem && OVERTAKEN.has(error.code))) throw error;
  }
}

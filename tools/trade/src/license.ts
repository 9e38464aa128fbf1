import { type ExchangeApi, until, whenKnown } from '../../exchange/api.js';
import { clearAgreement } from '../../exchange/clear.js';
import type { AccessRequest, Agreement, Entitlement, Offer } from './answers.js';
import { decided, exporterCard, plan, policy, request, terms } from './story.js';

export interface License {
  readonly offer: Offer;
  readonly agreement: Agreement;
  readonly entitlement: Entitlement;
}

interface Sides {
  readonly merchant: ExchangeApi;
  readonly buyer: ExchangeApi;
  readonly productId: string;
  readonly channelId: string;
  readonly operator: ExchangeApi;
  readonly officer: ExchangeApi;
}

/** Offer → request → agreement → both signatures → release of customs → entitlement. What exists already is taken up where it stands. */
export async function license(sides: Sides): Promise<License> {
  const offer = await publishOffer(sides);
  const asked = await askForAccess(sides, offer);
  const agreed =
    asked.agreement_id === null
      ? await sides.merchant.post<AccessRequest>(`/v1/access-requests/${asked.id}/agree`)
      : asked;
  const agreementId = agreed.agreement_id ?? '';
  const draft = await sides.buyer.get<Agreement>(`/v1/agreements/${agreementId}`);
  const signature = { document_hash: draft.document_hash };
  await sides.merchant.post(`/v1/agreements/${agreementId}/sign`, signature);
  await sides.buyer.post(`/v1/agreements/${agreementId}/sign`, signature);
  const { merchant: exporter, operator: officer, officer: supervisor } = sides;
  // The data lies on the mainland and is used in Hong Kong: nothing crosses without a release.
  await clearAgreement({ exporter, officer, supervisor }, agreementId, { exporter: exporterCard, decided });
  return { offer, ...(await inForce(sides, agreementId)) };
}

async function publishOffer({ merchant, productId, channelId }: Sides): Promise<Offer> {
  const known = await merchant.list<Offer>(`/v1/offers?product_id=${productId}`);
  const open = known.find((offer) => offer.status === 'published');
  if (open) return open;
  const offer = {
    product_id: productId,
    plan,
    policy,
    quota: null,
    valid_until: terms.until,
    term: terms,
    channel_partner_id: channelId,
  };
  // Contracts hears of the listing and of the channel partner a moment after the catalog decided.
  return whenKnown('The offer', () => merchant.post<Offer>('/v1/offers', offer));
}

async function askForAccess({ buyer }: Sides, offer: Offer): Promise<AccessRequest> {
  const known = await buyer.list<AccessRequest>(`/v1/access-requests?offer_id=${offer.id}`);
  return (
    known.find((asked) => asked.status === 'requested' || asked.status === 'agreed') ??
    whenKnown('The access request', () =>
      buyer.post<AccessRequest>('/v1/access-requests', { offer_id: offer.id, ...request }),
    )
  );
}

function inForce({ buyer }: Sides, agreementId: string): Promise<Omit<License, 'offer'>> {
  return until('The entitlement', async () => {
    const agreement = await buyer.get<Agreement>(`/v1/agreements/${agreementId}`);
    const [entitlement] = await buyer.list<Entitlement>(`/v1/entitlements?agreement_id=${agreementId}`);
    return agreement.status === 'in_force' && entitlement ? { agreement, entitlement } : undefined;
  });
}

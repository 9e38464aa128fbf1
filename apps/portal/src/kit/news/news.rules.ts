import type { LinkProps } from '@tanstack/react-router';
import type { AccessRequest, Agreement, Invoice } from '@hetao/client';
import type { LocalizedText } from '@hetao/kernel';
import type { Waiting } from '../inbox/inbox.rules.js';
import type { Queue } from '../inbox/queues.js';
import type { BuyerWork } from '../work/buyer-work.rules.js';
import type { MerchantWork } from '../work/merchant-work.rules.js';

/** What may have happened that somebody wants to hear of. */
export type NewsKind =
  | 'asked'
  | 'agreed'
  | 'declined'
  | 'offered'
  | 'toSign'
  | 'inForce'
  | 'notice'
  | 'invoice'
  | 'overdue'
  | 'listed'
  | 'returned'
  | 'paidOut';

/** One thing that happened, and where it is looked at. */
export interface News {
  readonly key: string;
  readonly kind: NewsKind | Queue;
  /** When it happened; ISO 8601. */
  readonly at: string;
  readonly productId?: string;
  /** A number where the object has one: of an invoice. */
  readonly number?: string;
  /** What the object calls itself, where it has a name of its own. */
  readonly title?: LocalizedText | string;
  readonly to: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

type Side = 'buyer' | 'merchant';

/** What buyers hear of: answers to what they asked for, licences, invoices. */
export function newsOfBuyer({ requests, agreements, invoices }: BuyerWork): readonly News[] {
  return inOrder([
    ...requests.flatMap(answerTo),
    ...agreements.flatMap((agreement) => ofAgreement(agreement, 'buyer')),
    ...invoices.flatMap(ofInvoice),
  ]);
}

/** What merchants hear of: who asks, licences, what became of their listings, and money that arrived. */
export function newsOfMerchant({ requests, agreements, products, payouts }: MerchantWork): readonly News[] {
  return inOrder([
    ...requests
      .filter(({ status, offered_by }) => status === 'requested' && offered_by === 'buyer')
      .map((request) => ofRequest('asked', request, request.requested_at, '/merchant/requests/$requestId')),
    ...agreements.flatMap((agreement) => ofAgreement(agreement, 'merchant')),
    ...products.flatMap(({ id, status, listed_at: listedAt, submitted_at: submittedAt }): News[] => {
      const to = { to: '/merchant/listings/$listingId', params: { listingId: id } } as const;
      if (status === 'listed' && listedAt !== null)
        return [{ key: `l${id}`, kind: 'listed', at: listedAt, productId: id, to }];
      if (status === 'returned' && submittedAt !== null)
        return [{ key: `r${id}`, kind: 'returned', at: submittedAt, productId: id, to }];
      return [];
    }),
    ...payouts.flatMap(({ id, settled_at: at }): News[] =>
      at === null
        ? []
        : [{ key: id, kind: 'paidOut', at, to: { to: '/merchant/payouts/$payoutId', params: { payoutId: id } } }],
    ),
  ]);
}

/** What operators hear of: whatever began to wait for them. */
export function newsOfOperator(waiting: readonly Waiting[]): readonly News[] {
  return inOrder(waiting.map(({ id, queue, since, title, to }) => ({ key: id, kind: queue, at: since, title, to })));
}

/** The newest first. */
export function inOrder(news: readonly News[]): readonly News[] {
  return [...news].sort((left, right) => Date.parse(right.at) - Date.parse(left.at));
}

/** How many happened after somebody last looked; `since` is empty for whoever never did. */
export function countNew(news: readonly News[], since: string): number {
  if (since === '') return news.length;
  return news.filter(({ at }) => Date.parse(at) > Date.parse(since)).length;
}

function ofRequest(
  kind: NewsKind,
  { id, product_id: productId }: AccessRequest,
  at: string,
  to: '/requests/$requestId' | '/merchant/requests/$requestId' = '/requests/$requestId',
): News {
  return { key: `${kind}${id}`, kind, at, productId, to: { to, params: { requestId: id } } };
}

function answerTo(request: AccessRequest): readonly News[] {
  const { status, offered_by: by, requested_at: askedAt, answered_at: answeredAt } = request;
  if (status === 'requested' && by === 'merchant') return [ofRequest('offered', request, askedAt)];
  if (answeredAt === null || (status !== 'agreed' && status !== 'declined')) return [];
  return [ofRequest(status, request, answeredAt)];
}

function ofAgreement(agreement: Agreement, me: Side): readonly News[] {
  const { id, product_id: productId, status, signatures, notices } = agreement;
  const about = { productId, to: { to: '/contracts/$agreementId', params: { agreementId: id } } } as const;
  const mineIsMissing = !signatures.some(({ party }) => party === me);
  return [
    ...(status === 'awaiting_signatures' && mineIsMissing
      ? [{ ...about, key: `s${id}`, kind: 'toSign', at: agreement.drafted_at } as const]
      : []),
    ...(agreement.in_force_since === null
      ? []
      : [{ ...about, key: `f${id}`, kind: 'inForce', at: agreement.in_force_since } as const]),
    ...notices
      .filter(({ party }) => party !== me)
      .map(({ given_at: at }) => ({ ...about, key: `n${id}`, kind: 'notice', at }) as const),
  ];
}

function ofInvoice({ id, number, status, issued_at: at, due_date: due }: Invoice): readonly News[] {
  const about = { number, to: { to: '/invoices/$invoiceId', params: { invoiceId: id } } } as const;
  if (status === 'draft' || status === 'void') return [];
  return [
    ...(at === null ? [] : [{ ...about, key: `i${id}`, kind: 'invoice', at } as const]),
    ...(status === 'overdue' && due !== null ? [{ ...about, key: `o${id}`, kind: 'overdue', at: due } as const] : []),
  ];
}

import {
  agreeToAccess,
  draftProduct,
  getAgreement,
  getUsageSummary,
  Hetao,
  listAccessRequests,
  listApiKeys,
  listInvoices,
  listProducts,
  makeApiKey,
  publishOffer,
  recordUsage,
  requestAccess,
  revokeApiKey,
  signAgreement,
  submitProduct,
} from '@hetao/client';
import type { Tool } from './door-story.js';

/** The story in a programme. */
export const sdk: Tool = (baseUrl, apiKey) => {
  const hetao = new Hetao({ baseUrl, apiKey });
  return {
    async listProduct(listing) {
      const { id } = await hetao.call(draftProduct, { body: listing as never });
      await hetao.call(submitProduct, { path: { id } });
      return id;
    },
    publishOffer: async (offer) => (await hetao.call(publishOffer, { body: offer as never })).id,
    async findProducts(q) {
      const ids: string[] = [];
      for await (const { id } of hetao.each(listProducts, { query: { q } })) ids.push(id);
      return ids;
    },
    requestAccess: async (body) => (await hetao.call(requestAccess, { body })).id,
    async openRequests() {
      const ids: string[] = [];
      for await (const { id } of hetao.each(listAccessRequests, { query: { status: 'requested' } })) ids.push(id);
      return ids;
    },
    agree: async (id) => (await hetao.call(agreeToAccess, { path: { id } })).agreement_id ?? '',
    async sign(id) {
      const { document_hash } = await hetao.call(getAgreement, { path: { id } });
      await hetao.call(signAgreement, { path: { id }, body: { document_hash } });
    },
    async sendUsage(events) {
      const headers = { 'Content-Type': 'application/cloudevents-batch+json' };
      return (await hetao.call(recordUsage, { body: events as never, headers })).accepted;
    },
    async usageOf(agreement_id, period) {
      return (await hetao.call(getUsageSummary, { query: { agreement_id, period } })).totals[0]?.quantity;
    },
    async invoiceOf(agreementId, period) {
      for await (const { id, agreement_id, net } of hetao.each(listInvoices, { query: { period } })) {
        if (agreement_id === agreementId) return { id, net: net.amount };
      }
      return undefined;
    },
    async rollKey() {
      for await (const { id, name, scopes, status } of hetao.each(listApiKeys)) {
        if (status !== 'in_force') continue;
        const { key } = await hetao.call(makeApiKey, { body: { name, scopes } });
        await hetao.call(revokeApiKey, { path: { id } });
        return key;
      }
      throw new Error('There is no key to roll.');
    },
  };
};

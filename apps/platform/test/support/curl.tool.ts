import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Tool } from './door-story.js';

const run = promisify(execFile);

interface Page<T> {
  readonly data: readonly T[];
}

/** The story on a command line with nothing but `curl`: what the documentation shows is what is done here. */
export const curl: Tool = (url, apiKey) => {
  const get = <T>(path: string) => ask<T>([], path);
  const post = <T>(path: string, body: unknown = {}, type = 'application/json') =>
    ask<T>(
      ['-H', `content-type: ${type}`, '-H', `idempotency-key: ${crypto.randomUUID()}`, '-d', JSON.stringify(body)],
      path,
    );

  async function ask<T>(args: readonly string[], path: string): Promise<T> {
    const key = ['-H', `authorization: Bearer ${apiKey}`];
    const { stdout } = await run('curl', [
      '--silent',
      '--show-error',
      '--fail-with-body',
      ...key,
      ...args,
      url + path,
    ]).catch(
      // The problem stands in the body, as it would on a terminal.
      (error: { stdout?: string; message: string }) => Promise.reject(new Error(error.stdout || error.message)),
    );
    return (stdout === '' ? {} : JSON.parse(stdout)) as T;
  }

  return {
    async listProduct(listing) {
      const { id } = await post<{ id: string }>('/v1/products', listing);
      await post(`/v1/products/${id}/submit`);
      return id;
    },
    publishOffer: async (offer) => (await post<{ id: string }>('/v1/offers', offer)).id,
    async findProducts(words) {
      const found = await get<Page<{ id: string }>>(`/v1/products?q=${encodeURIComponent(words)}`);
      return found.data.map(({ id }) => id);
    },
    requestAccess: async (request) => (await post<{ id: string }>('/v1/access-requests', request)).id,
    async openRequests() {
      const open = await get<Page<{ id: string }>>('/v1/access-requests?status=requested&limit=100');
      return open.data.map(({ id }) => id);
    },
    agree: async (id) => (await post<{ agreement_id: string }>(`/v1/access-requests/${id}/agree`)).agreement_id,
    async sign(id) {
      const { document_hash } = await get<{ document_hash: string }>(`/v1/agreements/${id}`);
      await post(`/v1/agreements/${id}/sign`, { document_hash });
    },
    async sendUsage(events) {
      const batch = 'application/cloudevents-batch+json';
      return (await post<{ accepted: number }>('/v1/usage/events', events, batch)).accepted;
    },
    async usageOf(id, period) {
      const query = `agreement_id=${id}&period=${period}`;
      const { totals } = await get<{ totals: { quantity: string }[] }>(`/v1/usage/summary?${query}`);
      return totals[0]?.quantity;
    },
    async invoiceOf(agreementId, period) {
      const invoices = await get<Page<{ id: string; agreement_id: string; net: { amount: string } }>>(
        `/v1/invoices?period=${period}`,
      );
      const mine = invoices.data.find(({ agreement_id }) => agreement_id === agreementId);
      return mine && { id: mine.id, net: mine.net.amount };
    },
    async rollKey() {
      const keys = await get<Page<{ id: string; name: string; scopes: string[]; status: string }>>('/v1/api-keys');
      const old = keys.data.find(({ status }) => status === 'in_force');
      const { key } = await post<{ key: string }>('/v1/api-keys', { name: old?.name, scopes: old?.scopes });
      await ask(['-X', 'DELETE'], `/v1/api-keys/${old?.id}`);
      return key;
    },
  };
};

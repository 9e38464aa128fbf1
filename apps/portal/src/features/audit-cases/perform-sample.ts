import { getInvoice, listInvoices } from '@hetao/client';
import { performAgain } from '../../kit/recompute/perform-again.js';
import { MOST_IN_PERIOD, type Case } from './sample.rules.js';

const PAGE = 100;

/** Every invoice of a month that was issued, as ids: what a sample is drawn from. */
export async function invoicesOf(period: string, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  const read = async (after: { readonly cursor?: string }) =>
    (await listInvoices({ query: { period, limit: PAGE, ...after }, signal, throwOnError: true })).data;
  let page = await read({});
  for (;;) {
    ids.push(...page.data.filter(({ status }) => status !== 'draft' && status !== 'void').map(({ id }) => id));
    if (page.next_cursor === null || ids.length >= MOST_IN_PERIOD) return ids;
    page = await read({ cursor: page.next_cursor });
  }
}

/** Performs each again, one after the other: an audit is in no hurry, and others use the exchange. */
export async function performSample(ids: readonly string[], signal: AbortSignal): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const id of ids) {
    const { data: invoice } = await getInvoice({ path: { id }, signal, throwOnError: true });
    cases.push({ id, number: invoice.number, performed: await performAgain(invoice) });
  }
  return cases;
}

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main } from '../../../../tools/hetao/main.js';
import type { Tool } from './door-story.js';

/** Runs the command line as a script would: arguments in, JSON out. @throws Error with its words and its exit code */
export async function hetao<T>(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<T> {
  let said = '';
  let complained = '';
  const code = await main(args, {
    env,
    columns: undefined,
    write: (text) => (said += text),
    complain: (text) => (complained += text),
    input: () => Promise.resolve(''),
    signal: new AbortController().signal,
  });
  if (code !== 0) throw new Error(`hetao ${args.join(' ')} ended with ${code}: ${complained}${said}`);
  return (said === '' ? undefined : JSON.parse(said)) as T;
}

/** The story on a command line made for it. */
export const cli: Tool = (url, apiKey) => {
  const run = <T>(...args: readonly string[]) => hetao<T>({ HETAO_URL: url, HETAO_API_KEY: apiKey }, ...args);
  const folder = mkdtemp(join(tmpdir(), 'hetao-cli-'));
  const file = async (name: string, content: string) => {
    const path = join(await folder, name);
    await writeFile(path, content);
    return path;
  };
  const idOf = async (answer: Promise<{ id: string }>) => (await answer).id;
  return {
    async listProduct(listing) {
      const path = await file('listing.yaml', stringify({ format: 'hetao-listing/1', listing }));
      await run('listing', 'validate', path);
      return idOf(run('listing', 'push', '--submit', path));
    },
    publishOffer: async (offer) => idOf(run('offer', 'publish', await file('offer.yaml', stringify(offer)))),
    async findProducts(words) {
      return (await run<{ id: string }[]>('product', 'search', words)).map(({ id }) => id);
    },
    requestAccess: ({ offer_id, purpose, place_of_use }) =>
      idOf(run('access', 'request', offer_id, '--purpose', purpose, '--place', place_of_use)),
    async openRequests() {
      return (await run<{ id: string }[]>('access', 'list', '--status', 'requested')).map(({ id }) => id);
    },
    agree: async (id) => (await run<{ agreement_id: string }>('access', 'agree', id)).agreement_id,
    sign: (id) => run('agreement', 'accept', id),
    async sendUsage(events) {
      const path = await file('events.ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      return (await run<{ accepted: number }>('usage', 'send', '--file', path)).accepted;
    },
    async usageOf(id, period) {
      const { totals } = await run<{ totals: { quantity: string }[] }>('usage', 'show', id, '--period', period);
      return totals[0]?.quantity;
    },
    async invoiceOf(agreementId, period) {
      const invoices = await run<{ id: string; agreement_id: string }[]>('invoice', 'list', '--period', period);
      const mine = invoices.find(({ agreement_id }) => agreement_id === agreementId);
      if (mine === undefined) return undefined;
      const compared = await run<{ what: string; here: string }[]>('invoice', 'recompute', mine.id);
      return { id: mine.id, net: compared.find(({ what }) => what === 'net')?.here ?? '' };
    },
    async rollKey() {
      const keys = await run<{ id: string; status: string }[]>('keys', 'list');
      const old = keys.find(({ status }) => status === 'in_force');
      return (await run<{ key: string }>('keys', 'roll', old?.id ?? '', '--overlap', '0')).key;
    },
  };
};

import { equip, type Connection } from './equip.js';
import { createClient, createConfig, type Client } from './generated/client/index.js';
import { recordUsage } from './generated/sdk.gen.js';
import { pagesOf, type PagedOperation, type PageRow } from './pages.js';
import { UsageBatcher, type UsageOptions } from './usage-batcher.js';

/** What an operation takes beside the client: path, query, body, headers, signal. */
type Arguments<O> = O extends (options: infer A) => unknown ? Omit<NonNullable<A>, 'client' | 'throwOnError'> : never;
type Answer<O> = O extends (options: never) => Promise<infer R>
  ? R extends { readonly data: infer D }
    ? Exclude<D, undefined>
    : never
  : never;
type NothingNeeded<O> = O extends (options: infer A) => unknown ? (undefined extends A ? true : false) : false;

/** An operation of the public API, as the generated core exports it. */
export type Operation = (options: never) => Promise<unknown>;

/**
 * The exchange seen by one caller.
 *
 * @example
 * const hetao = new Hetao({ baseUrl: 'http://localhost:8080', apiKey });
 * for await (const product of hetao.each(listProducts, { query: { q: '物流' } })) console.log(product.name);
 * const request = await hetao.call(requestAccess, { body: { offer_id, purpose: 'research', place_of_use: 'HK' } });
 */
export class Hetao {
  /** For the generated functions directly, as in `listProducts({ client: hetao.client })`. */
  readonly client: Client;

  constructor(connection: Connection) {
    this.client = equip(createClient(createConfig()), connection);
  }

  /**
   * Asks for one operation. Commands that may be repeated get an Idempotency-Key, unless the headers bring one.
   *
   * @returns the answer's body
   * @throws HetaoProblem when the exchange refuses; HetaoUnreachable; the signal's reason when it is aborted
   */
  async call<O extends Operation>(
    operation: O,
    ...[options]: NothingNeeded<O> extends true ? [Arguments<O>?] : [Arguments<O>]
  ): Promise<Answer<O>> {
    const ask = operation as unknown as (options: object) => Promise<{ readonly data: Answer<O> }>;
    return (await ask({ ...options, client: this.client, throwOnError: true })).data;
  }

  /** Every row of a list, page after page, asked for as they are consumed. */
  each<O extends PagedOperation>(
    operation: O,
    ...[options]: NothingNeeded<O> extends true ? [Arguments<O>?] : [Arguments<O>]
  ): AsyncGenerator<PageRow<O>, void, undefined> {
    return pagesOf<PageRow<O>>((cursor) => {
      const query = { ...(options as { readonly query?: object } | undefined)?.query, ...cursor };
      const ask = operation as unknown as (options: object) => Promise<{ readonly data: never }>;
      return ask({ ...options, query, client: this.client, throwOnError: true }).then(({ data }) => data);
    });
  }

  /**
   * Reports usage in batches, in the background.
   *
   * @example
   * const usage = hetao.usage({ source: '/crawlers/7', spill: spillTo('.usage') });
   * usage.add({ agreementId, meters: { calls: 1 } });
   */
  usage(options: UsageOptions): UsageBatcher {
    const headers = { 'Content-Type': 'application/cloudevents-batch+json' };
    return new UsageBatcher((events) => this.call(recordUsage, { body: [...events], headers }), options);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Clock } from '@hetao/kernel';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import type { ServiceName } from '../routing/route-table.js';
import { ServiceClient } from '../routing/service.client.js';
import {
  agreementPage,
  equation,
  invoicePage,
  participantPage,
  payoutPage,
  productPage,
  usageSummary,
  type Agreement,
  type Equation,
  type Invoice,
  type Participant,
  type Payout,
  type Product,
  type UsageSummary,
} from './trade.dto.js';

/** What a service said: something, that this reader may not see it, or nothing at all. */
export type Reading<T> = { readonly state: 'read'; readonly value: T } | { readonly state: 'closed' | 'away' };

/** The newest of a kind, newest first. */
export interface Latest<T> {
  readonly rows: readonly T[];
  /** There are more than were read. */
  readonly more: boolean;
}

/** The trade as it stands, as far as one reader may see it. */
export interface Trade {
  readonly participants: Reading<Latest<Participant>>;
  readonly products: Reading<Latest<Product>>;
  readonly agreements: Reading<Latest<Agreement>>;
  readonly usage: Reading<Latest<UsageSummary>>;
  readonly invoices: Reading<Latest<Invoice>>;
  readonly payouts: Reading<Latest<Payout>>;
  /** Undefined while there is no period to balance. */
  readonly equation: Reading<Equation | undefined>;
}

const PAGE = 100;
/** Agreements whose usage is asked for; each costs one question. */
const USAGE_OF = 5;
/** Many people looking at one page cost one round of questions in this time. */
const FRESH_FOR_MS = 2_000;
const MAX_READERS = 500;

/** Reads the trade through the services' own APIs, in the reader's name. */
@Injectable()
export class TradeQueries {
  readonly #services: ServiceClient;
  readonly #clock: Clock;
  readonly #recent = new Map<string, { readonly trade: Promise<Trade>; readonly untilMs: number }>();

  constructor(services: ServiceClient, @Inject(CLOCK) clock: Clock) {
    this.#services = services;
    this.#clock = clock;
  }

  trade(reader: CallerIdentity): Promise<Trade> {
    const key = JSON.stringify([reader.subject, reader.organisationId, reader.personas]);
    const recent = this.#recent.get(key);
    if (recent !== undefined && performance.now() < recent.untilMs) return recent.trade;
    const trade = this.#read(reader);
    this.#recent.delete(key);
    this.#recent.set(key, { trade, untilMs: performance.now() + FRESH_FOR_MS });
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_READERS && oldest !== undefined) this.#recent.delete(oldest);
    return trade;
  }

  async #read(reader: CallerIdentity): Promise<Trade> {
    const [participants, products, agreements, invoices, payouts] = await Promise.all([
      this.#latest('catalog', 'participants', participantPage, reader),
      this.#latest('catalog', 'products', productPage, reader),
      this.#latest('contracts', 'agreements', agreementPage, reader),
      this.#latest('settlement', 'invoices', invoicePage, reader),
      this.#latest('settlement', 'payouts', payoutPage, reader),
    ]);
    const invoiced = rowsOf(invoices)[0]?.period;
    const [usage, balance] = await Promise.all([
      this.#usage(agreements, invoiced ?? this.#clock.now().toISOString().slice(0, 7), reader),
      this.#equation(invoiced, reader),
    ]);
    return { participants, products, agreements, usage, invoices, payouts, equation: balance };
  }

  async #latest<T>(
    service: ServiceName,
    collection: string,
    schema: z.ZodType<{ data: T[]; has_more: boolean }>,
    reader: CallerIdentity,
  ): Promise<Reading<Latest<T>>> {
    const read = await this.#get(service, `/v1/${collection}?limit=${PAGE}`, schema, reader);
    if (read.state !== 'read') return read;
    return { state: 'read', value: { rows: read.value.data, more: read.value.has_more } };
  }

  /** Usage of the newest agreements that have any. */
  async #usage(
    agreements: Reading<Latest<Agreement>>,
    period: string,
    reader: CallerIdentity,
  ): Promise<Reading<Latest<UsageSummary>>> {
    if (agreements.state !== 'read') return { state: agreements.state };
    const inUse = agreements.value.rows.filter(({ status }) => status !== 'awaiting_signatures').slice(0, USAGE_OF);
    const summaries = await Promise.all(
      inUse.map(({ id }) =>
        this.#get('metering', `/v1/usage/summary?agreement_id=${id}&period=${period}`, usageSummary, reader),
      ),
    );
    if (summaries.length > 0 && summaries.every(({ state }) => state === 'away')) return { state: 'away' };
    const rows = summaries.flatMap((one) => (one.state === 'read' && one.value.totals.length > 0 ? [one.value] : []));
    return { state: 'read', value: { rows, more: agreements.value.rows.length > USAGE_OF } };
  }

  async #equation(period: string | undefined, reader: CallerIdentity): Promise<Reading<Equation | undefined>> {
    if (period === undefined) return { state: 'read', value: undefined };
    return this.#get('settlement', `/v1/settlement/periods/${period}/equation`, equation, reader);
  }

  async #get<T>(service: ServiceName, path: string, schema: z.ZodType<T>, reader: CallerIdentity): Promise<Reading<T>> {
    const answer = await this.#services.get(service, path, reader);
    if (!answer.ok || answer.value.status >= 500) return { state: 'away' };
    const parsed = schema.safeParse(answer.value.body);
    if (answer.value.status === 200 && parsed.success) return { state: 'read', value: parsed.data };
    return { state: 'closed' };
  }
}

/** The rows, or none where they could not be read. */
export function rowsOf<T>(reading: Reading<Latest<T>>): readonly T[] {
  return reading.state === 'read' ? reading.value.rows : [];
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway.config.js';
import { addressGroup } from './client-address.js';
import type { LimitReading } from './rate-limit.headers.js';

const WINDOW_MS = 60_000;

/** Whom one request is counted for. */
export interface Counted {
  readonly key: string;
  readonly organisation: string;
}

type Check = ReturnType<FastifyInstance['createRateLimit']>;

/**
 * Counts requests: without credentials by address, with them by key and by organisation. Counters live in this
 * process, so n instances together let n times as much through; the limits protect each instance, not a price.
 * Each counter keeps the 5000 seen last, so its memory has a bound too.
 */
export class RateLimiter {
  readonly #anonymous: Check;
  readonly #files: Check;
  readonly #key: Check;
  readonly #organisation: Check;
  readonly #counted = new WeakMap<FastifyRequest, Counted>();
  readonly #addresses = new WeakMap<FastifyRequest, string>();

  /** `fastify` has @fastify/rate-limit registered with `global: false`. */
  constructor(fastify: FastifyInstance, config: GatewayConfig) {
    const limit = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
      fastify.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator });
    this.#anonymous = limit(config.RATE_LIMIT_ADDRESS, (request) => addressGroup(this.#addresses.get(request) ?? ''));
    this.#files = limit(config.RATE_LIMIT_FILES, (request) => addressGroup(this.#addresses.get(request) ?? ''));
    this.#key = limit(config.RATE_LIMIT_KEY, (request) => this.#counted.get(request)?.key ?? '');
    this.#organisation = limit(
      config.RATE_LIMIT_ORGANISATION,
      (request) => this.#counted.get(request)?.organisation ?? '',
    );
  }

  /** Counts a request without valid credentials. */
  async anonymous(request: FastifyRequest, address: string): Promise<LimitReading[]> {
    this.#addresses.set(request, address);
    return [await read('address', this.#anonymous, request)];
  }

  /**
   * Counts one file of a page. A page is some forty files, all in memory, and a whole university may stand behind one
   * address: counted with the rest they would shut its people out after a dozen first visits.
   */
  async file(request: FastifyRequest, address: string): Promise<LimitReading[]> {
    this.#addresses.set(request, address);
    return [await read('files', this.#files, request)];
  }

  /** Counts a request of a known caller. */
  async caller(request: FastifyRequest, counted: Counted): Promise<LimitReading[]> {
    this.#counted.set(request, counted);
    return [await read('key', this.#key, request), await read('organisation', this.#organisation, request)];
  }
}

async function read(policy: LimitReading['policy'], check: Check, request: FastifyRequest): Promise<LimitReading> {
  const state = await check(request);
  if (state.isAllowed) throw new Error('No allow list is configured.');
  return {
    policy,
    quota: state.max,
    windowSeconds: state.timeWindow / 1000,
    remaining: state.remaining,
    resetSeconds: state.ttlInSeconds,
    exceeded: state.isExceeded,
  };
}

import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { request as call, type Agent } from 'undici';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { CLOCK, PrivateAddressError, SERVICE_CONFIG, traceHeaders } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { openText } from '../gateway.secrets.js';
import { headersForCaller, headersForService, type Headers } from '../routing/proxy-headers.js';
import { deliveryErrors } from './delivery.errors.js';
import type { Permit } from './delivery.js';
import { DeliveryRepository, type BegunCall } from './delivery.repository.js';
import { upstreamAgent } from './upstream.client.js';

/** One call of a buyer, as it arrived. */
export interface IncomingCall {
  readonly method: string;
  /** Path and query behind the agreement, beginning with a slash. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Readable | null;
  readonly address: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** What the merchant's service answered; its body is still on its way. */
export interface MerchantAnswer {
  readonly call: BegunCall;
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Readable;
}

/** Passes a permitted call on to the merchant's service, under the merchant's secret, which the buyer never sees. */
@Injectable()
export class Deliver implements OnApplicationShutdown {
  readonly #deliveries: DeliveryRepository;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;
  readonly #agent: Agent;

  constructor(
    deliveries: DeliveryRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#deliveries = deliveries;
    this.#config = config;
    this.#clock = clock;
    this.#agent = upstreamAgent(config.DELIVERY_PRIVATE_UPSTREAMS);
  }

  async execute({ grant, purpose }: Permit, incoming: IncomingCall): Promise<Result<MerchantAnswer, DomainError>> {
    const endpoint = await this.#deliveries.endpoint(grant.productId);
    if (endpoint === undefined) {
      return err(deliveryErrors.DELIVERY_NOT_CONNECTED(`Product ${grant.productId} has no address here.`));
    }
    const at = this.#clock.now();
    const { method, path } = incoming;
    const begun: BegunCall = { id: newId('dlv'), grant, purpose, method, path, at };
    await this.#deliveries.begin(begun);
    try {
      const secret = await this.#secretOf(endpoint);
      const answer = await call(`${endpoint.url}${path}`, {
        method: method,
        headers: { ...this.#headers(endpoint.url, begun, incoming), ...secret },
        body: incoming.body,
        dispatcher: this.#agent,
        signal: incoming.signal,
      });
      const headers = headersForCaller(answer.headers);
      return ok({ call: begun, status: answer.statusCode, headers, body: answer.body });
    } catch (error) {
      return this.#failed(begun, error);
    }
  }

  /** Calls under way ended with the server; kept-alive connections to merchants end here. */
  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }

  #headers(url: string, { id, grant, purpose }: BegunCall, { headers, address, requestId }: IncomingCall) {
    const passport = { caller: undefined, requestId, address, host: new URL(url).host, scheme: 'https' } as const;
    return {
      ...headersForService(headers, passport),
      ...traceHeaders(),
      host: new URL(url).host,
      'hetao-call': id,
      'hetao-agreement': grant.agreementId,
      'hetao-purpose': purpose,
    };
  }

  async #secretOf(endpoint: { secretHeader: string | null; secretSealed: string | null }) {
    if (endpoint.secretHeader === null || endpoint.secretSealed === null) return {};
    const secret = await openText('upstream-secrets', this.#config.SESSION_SECRET, endpoint.secretSealed);
    return { [endpoint.secretHeader]: secret };
  }

  async #failed(begun: BegunCall, error: unknown): Promise<Result<never, DomainError>> {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof PrivateAddressError ? cause.message : 'it could not be reached in time';
    const code = 'DELIVERY_UPSTREAM_FAILED';
    const end = { state: 'failed', status: null, bytesOut: 0, code, at: this.#clock.now() } as const;
    await this.#deliveries.end(begun.id, end);
    return err(
      deliveryErrors.DELIVERY_UPSTREAM_FAILED(`Call ${begun.id} got no answer: ${reason}.`, {
        meta: { call_id: begun.id },
      }),
    );
  }
}

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
import { isAway } from './circuit.js';
import { contextCodec, type DeliveryContextCodec } from './delivery-context.codec.js';
import { DeliveryRepository, type BegunCall, type SealedEndpoint } from './delivery.repository.js';
import { insideAddress } from './house.js';
import { MerchantCircuits } from './merchant-circuits.register.js';
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
  /** The way to our own log, on our own network. */
  readonly #inside: Agent;
  readonly #circuits: MerchantCircuits;
  readonly #context: DeliveryContextCodec;
  /** What merchants want to be shown, opened once for as long as the address is remembered. */
  readonly #secrets = new WeakMap<SealedEndpoint, Promise<Record<string, string>>>();

  constructor(
    deliveries: DeliveryRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
    circuits: MerchantCircuits,
  ) {
    this.#circuits = circuits;
    this.#context = contextCodec(config);
    this.#deliveries = deliveries;
    this.#config = config;
    this.#clock = clock;
    this.#agent = upstreamAgent(config.DELIVERY_PRIVATE_UPSTREAMS);
    this.#inside = upstreamAgent(true);
  }

  /** The largest answer that is passed on. */
  get mostBytes(): number {
    return this.#config.DELIVERY_ANSWER_MIB * 1024 * 1024;
  }

  async execute({ grant, purpose }: Permit, incoming: IncomingCall): Promise<Result<MerchantAnswer, DomainError>> {
    const endpoint = await this.#deliveries.endpoint(grant.productId);
    if (endpoint === undefined) {
      return err(deliveryErrors.DELIVERY_NOT_CONNECTED(`Product ${grant.productId} has no address here.`));
    }
    const admitted = this.#circuits.admit(endpoint);
    if (!admitted.ok) return admitted;
    const at = this.#clock.now();
    const { method, path } = incoming;
    const begun: BegunCall = { id: newId('dlv'), grant, purpose, method, path, at };
    try {
      await this.#deliveries.begin(begun);
    } catch (error) {
      this.#circuits.unknown(endpoint);
      throw error;
    }
    return this.#pass(begun, endpoint, incoming);
  }

  async #pass(
    begun: BegunCall,
    endpoint: SealedEndpoint,
    incoming: IncomingCall,
  ): Promise<Result<MerchantAnswer, DomainError>> {
    try {
      const secret = await this.#secretOf(endpoint);
      const { PUBLIC_URL, ATTESTATION_URL } = this.#config;
      const inside = insideAddress(endpoint.url, PUBLIC_URL, ATTESTATION_URL);
      const answer = await call(`${inside ?? endpoint.url}${begun.path}`, {
        method: begun.method,
        headers: { ...this.#headers(endpoint.url, begun, incoming), ...secret },
        body: incoming.body,
        dispatcher: inside === undefined ? this.#agent : this.#inside,
        signal: incoming.signal,
      });
      if (isAway(answer.statusCode)) this.#circuits.failed(endpoint, `it answered ${answer.statusCode}`);
      else this.#circuits.answered(endpoint);
      const headers = headersForCaller(answer.headers);
      return ok({ call: begun, status: answer.statusCode, headers, body: answer.body });
    } catch (error) {
      return this.#failed(begun, endpoint, { error, isGone: incoming.signal.aborted });
    }
  }

  /** Calls under way ended with the server; kept-alive connections to merchants end here. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#agent.destroy(), this.#inside.destroy()]);
  }

  #headers(url: string, begun: BegunCall, { headers, address, requestId }: IncomingCall) {
    const { id, grant, purpose } = begun;
    const passport = { caller: undefined, requestId, address, host: new URL(url).host, scheme: 'https' } as const;
    return {
      ...headersForService(headers, passport),
      ...traceHeaders(),
      host: new URL(url).host,
      'hetao-call': id,
      'hetao-agreement': grant.agreementId,
      'hetao-purpose': purpose,
      'hetao-context': this.#context.sign({ ...grant, ...begun, callId: id }),
    };
  }

  #secretOf(endpoint: SealedEndpoint): Promise<Record<string, string>> {
    const known = this.#secrets.get(endpoint);
    if (known !== undefined) return known;
    const opened = this.#openSecret(endpoint);
    this.#secrets.set(endpoint, opened);
    return opened;
  }

  async #openSecret({ secretHeader, secretSealed }: SealedEndpoint): Promise<Record<string, string>> {
    if (secretHeader === null || secretSealed === null) return {};
    return { [secretHeader]: await openText('upstream-secrets', this.#config.SESSION_SECRET, secretSealed) };
  }

  async #failed(
    begun: BegunCall,
    endpoint: SealedEndpoint,
    { error, isGone }: { readonly error: unknown; readonly isGone: boolean },
  ): Promise<Result<never, DomainError>> {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof PrivateAddressError ? cause.message : 'it could not be reached in time';
    // A buyer who hangs up says nothing of the merchant.
    if (isGone) this.#circuits.unknown(endpoint);
    else this.#circuits.failed(endpoint, reason);
    const code = 'DELIVERY_UPSTREAM_FAILED';
    const end = { state: 'failed', status: null, bytesOut: 0, code, detail: reason, at: this.#clock.now() } as const;
    await this.#deliveries.end(begun.id, end);
    return err(
      deliveryErrors.DELIVERY_UPSTREAM_FAILED(`Call ${begun.id} got no answer: ${reason}.`, {
        meta: { call_id: begun.id },
      }),
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { CLOCK } from '@hetao/runtime';
import { afterFailure, mayPass, stateOf, type Circuit, type CircuitState } from './circuit.js';
import { deliveryErrors, type DeliveryError } from './delivery.errors.js';
import type { Endpoint } from './endpoint.js';

type Place = Pick<Endpoint, 'productId' | 'merchantId' | 'url'>;

/** A merchant's service that failed lately, as people are told of it. */
export interface CircuitReading extends Pick<Circuit, 'failures' | 'lastFault'> {
  readonly productId: string;
  readonly merchantId: string;
  readonly state: CircuitState;
  readonly openedAt: Date | null;
  readonly retryAt: Date | null;
}

/**
 * Which merchants' services fail. A service that is down is not called for a while: buyers hear at once what is wrong
 * instead of waiting for it, and the service is not stormed while it comes back. Kept in this process, as rate limits are.
 */
@Injectable()
export class MerchantCircuits {
  readonly #clock: Clock;
  /** Only what failed last; one good answer and it is forgotten. */
  readonly #failing = new Map<string, { readonly place: Place; circuit: Circuit }>();

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a call may be passed on; the one that tries a resting service is noted as such. */
  admit(place: Place): Result<void, DeliveryError> {
    const found = this.#of(place);
    if (found === undefined) return ok(undefined);
    const now = this.#clock.now().getTime();
    const { circuit } = found;
    if (mayPass(circuit, now)) {
      if (circuit.openedAt !== null) found.circuit = { ...circuit, isTried: true };
      return ok(undefined);
    }
    const seconds = Math.max(1, Math.ceil((circuit.retryAt - now) / 1_000));
    const detail = `It failed ${circuit.failures} times in a row, last because ${circuit.lastFault}; it is tried again in ${seconds} s.`;
    const meta = { failures: circuit.failures, retry_after_seconds: seconds };
    return err(deliveryErrors.DELIVERY_UPSTREAM_RESTING(detail, { meta }));
  }

  /** The service answered: whatever was wrong is over. */
  answered({ productId }: Place): void {
    this.#failing.delete(productId);
  }

  failed(place: Place, fault: string): void {
    const circuit = afterFailure(this.#of(place)?.circuit, fault, this.#clock.now().getTime());
    this.#failing.set(place.productId, { place, circuit });
  }

  /** The call went away before anything was known: the next one tries. */
  unknown(place: Place): void {
    const found = this.#of(place);
    if (found !== undefined) found.circuit = { ...found.circuit, isTried: false };
  }

  /** Every service that failed last time, by the product's id. */
  list(): readonly CircuitReading[] {
    const now = this.#clock.now().getTime();
    const readings = [...this.#failing.values()].map(({ place, circuit }) => ({
      ...{ productId: place.productId, merchantId: place.merchantId, state: stateOf(circuit, now) },
      ...{ failures: circuit.failures, lastFault: circuit.lastFault },
      openedAt: circuit.openedAt === null ? null : new Date(circuit.openedAt),
      retryAt: circuit.openedAt === null ? null : new Date(circuit.retryAt),
    }));
    return readings.sort((one, other) => (one.productId < other.productId ? -1 : 1));
  }

  /** What is known of another address of the product says nothing about this one. */
  #of({ productId, url }: Place) {
    const found = this.#failing.get(productId);
    return found?.place.url === url ? found : undefined;
  }
}

import type { DeliveryCall } from '@hetao/client';
import { Decimal } from '@hetao/kernel';

/** Fewer people than this are easily found out (k-anonymity); the sandbox keeps to the same ten. */
export const FLOOR = 10;

/** Whether a count may not be told: it counts people, and there are too few of them. */
export function isTooFew(meter: string, quantity: string): boolean {
  const count = Decimal.parse(quantity);
  return meter === 'persons' && !count.isZero() && count.compare(Decimal.parse(String(FLOOR))) < 0;
}

/** Calls of one endpoint of a product. */
export interface EndpointUse {
  readonly endpoint: string;
  readonly calls: number;
  /** Refused, stopped, or answered with an error. */
  readonly failed: number;
  readonly bytes: number;
}

const failed = ({ code, upstream_status: status }: DeliveryCall) => code !== null || (status !== null && status >= 400);

/** An id in a path names one record, not another endpoint. */
const endpointOf = ({ method, path }: DeliveryCall) =>
  `${method} ${(path.split('?')[0] ?? '').replaceAll(/\/(\d+|[0-9a-f-]{16,})(?=\/|$)/gi, '/…')}`;

/** Calls by endpoint, the busiest first. */
export function byEndpoint(calls: readonly DeliveryCall[]): readonly EndpointUse[] {
  const uses = new Map<string, EndpointUse>();
  for (const call of calls) {
    const endpoint = endpointOf(call);
    const use = uses.get(endpoint) ?? { endpoint, calls: 0, failed: 0, bytes: 0 };
    uses.set(endpoint, {
      endpoint,
      calls: use.calls + 1,
      failed: use.failed + (failed(call) ? 1 : 0),
      bytes: use.bytes + Number(call.bytes_out),
    });
  }
  return [...uses.values()].sort((one, other) => other.calls - one.calls);
}

import type { NewApiKey } from '@hetao/client';

const AREAS = [
  'catalog',
  'contracts',
  'usage',
  'settlement',
  'customs',
  'attestation',
  'sandbox',
  'delivery',
  'webhook',
  'identity',
] as const;

/** Everything a key may be allowed, reading before writing. */
export const scopes: NewApiKey['scopes'] = AREAS.flatMap((area) => [`${area}:read` as const, `${area}:write` as const]);

/** How a call through the exchange may have gone. */
export const callStates = ['begun', 'delivered', 'refused', 'failed', 'stopped', 'interrupted'] as const;

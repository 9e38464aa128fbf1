/** The services behind the door. */
export const serviceNames = [
  'catalog',
  'contracts',
  'metering',
  'settlement',
  'customs',
  'attestation',
  'sandbox',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What an API key's scope speaks about; `usage` is what metering is called by those who use it. */
export type ScopeArea =
  | 'catalog'
  | 'contracts'
  | 'usage'
  | 'settlement'
  | 'customs'
  | 'attestation'
  | 'sandbox'
  | 'delivery'
  | 'webhook'
  | 'identity';

/** One row: everything under `prefix` goes to `service`. */
export interface Route {
  readonly prefix: `/v1/${string}`;
  readonly service: ServiceName | 'gateway';
  readonly scope: ScopeArea;
  /** How long the service may stay silent before it is given up. */
  readonly timeoutMs: number;
  readonly bodyLimitBytes: number;
  /** Whether WebSockets go through; nowhere else is a connection ever switched over. */
  readonly streams?: true;
}

const KIB = 1024;
const MIB = 1024 * KIB;

function to(service: Route['service'], scope: ScopeArea, prefix: Route['prefix'], limits: Partial<Route> = {}): Route {
  return { prefix, service, scope, timeoutMs: 15_000, bodyLimitBytes: 256 * KIB, ...limits };
}

const ATTESTATION_PREFIXES = [
  '/v1/attestations',
  '/v1/attestation-log',
  '/v1/attestation-records',
  '/v1/attestation-consents',
  '/v1/attestation-verifications',
  '/v1/attestation-issuer-keys',
  '/v1/attestation-meaning',
  '/v1/attestation-witness',
] as const;

/** The one table of what is reachable from outside. What has no row does not exist. */
export const routes: readonly Route[] = [
  to('catalog', 'catalog', '/v1/participants'),
  to('catalog', 'catalog', '/v1/products'),
  // Files to be profiled come in parts.
  to('catalog', 'catalog', '/v1/profiles', { bodyLimitBytes: 64 * MIB, timeoutMs: 60_000 }),
  to('catalog', 'catalog', '/v1/saved-searches'),
  to('catalog', 'catalog', '/v1/catalog'),
  to('catalog', 'catalog', '/v1/certificates'),
  to('catalog', 'catalog', '/v1/demands'),
  to('contracts', 'contracts', '/v1/offers'),
  to('contracts', 'contracts', '/v1/access-requests'),
  to('contracts', 'contracts', '/v1/peer-negotiations'),
  to('contracts', 'contracts', '/v1/negotiation-settings'),
  to('contracts', 'contracts', '/v1/agreements'),
  to('contracts', 'contracts', '/v1/entitlements'),
  // Peers, their catalogs and transfers, for our own people.
  to('contracts', 'contracts', '/v1/dataspace'),
  to('contracts', 'contracts', '/v1/agreement-disputes'),
  to('contracts', 'contracts', '/v1/approvals'),
  to('contracts', 'contracts', '/v1/approval-limits'),
  to('contracts', 'contracts', '/v1/simulations'),
  to('contracts', 'contracts', '/v1/policies'),
  to('contracts', 'contracts', '/v1/signing-keys'),
  // Metering takes batches of at most 5000 events or 8 MiB, and larger parts of files.
  to('metering', 'usage', '/v1/usage', { bodyLimitBytes: 8 * MIB, timeoutMs: 30_000 }),
  to('metering', 'usage', '/v1/usage/uploads', { bodyLimitBytes: 64 * MIB, timeoutMs: 60_000 }),
  to('settlement', 'settlement', '/v1/charges'),
  to('settlement', 'settlement', '/v1/invoices'),
  to('settlement', 'settlement', '/v1/payouts'),
  to('settlement', 'settlement', '/v1/ledger'),
  // Closing a period and matching a month's statement touch every line of it.
  to('settlement', 'settlement', '/v1/settlement', { timeoutMs: 60_000 }),
  to('settlement', 'settlement', '/v1/bank-statements', { bodyLimitBytes: 64 * MIB, timeoutMs: 60_000 }),
  to('settlement', 'settlement', '/v1/bank-statement-mappings'),
  to('settlement', 'settlement', '/v1/bank-details'),
  to('settlement', 'settlement', '/v1/settlement-terms'),
  to('settlement', 'settlement', '/v1/payout-holds'),
  to('settlement', 'settlement', '/v1/payment-files'),
  to('settlement', 'settlement', '/v1/payment-status-reports', { bodyLimitBytes: 64 * MIB, timeoutMs: 60_000 }),
  to('settlement', 'settlement', '/v1/reconciliation', { timeoutMs: 60_000 }),
  to('customs', 'customs', '/v1/customs', { bodyLimitBytes: MIB }),
  // A question to an officer comes with papers.
  to('customs', 'customs', '/v1/customs/consultations', { bodyLimitBytes: 6 * MIB }),
  ...ATTESTATION_PREFIXES.map((prefix) => to('attestation', 'attestation', prefix)),
  // Datasets are admitted in Parquet; output files come back as they were released.
  to('sandbox', 'sandbox', '/v1/sandbox/sessions', { streams: true }),
  to('sandbox', 'sandbox', '/v1/sandbox', { bodyLimitBytes: 64 * MIB, timeoutMs: 60_000 }),
  to('gateway', 'delivery', '/v1/deliveries', { bodyLimitBytes: 16 * MIB }),
  to('gateway', 'delivery', '/v1/delivery-endpoints'),
  to('gateway', 'delivery', '/v1/delivery-calls'),
  to('gateway', 'delivery', '/v1/delivery-circuits'),
  to('gateway', 'delivery', '/v1/delivery-keys'),
  to('gateway', 'delivery', '/v1/delivery-manifests'),
  to('gateway', 'webhook', '/v1/webhook-endpoints'),
  to('gateway', 'webhook', '/v1/webhook-deliveries'),
  to('gateway', 'identity', '/v1/me'),
  to('gateway', 'identity', '/v1/members'),
  to('gateway', 'identity', '/v1/invitations'),
  to('gateway', 'identity', '/v1/sessions'),
  to('gateway', 'identity', '/v1/api-clients'),
  to('gateway', 'identity', '/v1/audit-entries'),
  to('gateway', 'identity', '/v1/dead-letters'),
  to('gateway', 'identity', '/v1/system'),
  to('gateway', 'identity', '/v1/api-keys'),
];

/**
 * Where other exchanges speak to ours (Dataspace Protocol 2025-1). They prove themselves to the service in their own way, so
 * the door limits them by address and passes their credentials on; they are nobody here, and carry no caller.
 */
export const peerRoutes = (['/dsp/.well-known', '/dsp/keys', '/dsp/2025-1'] as const).map((prefix) => ({
  ...{ prefix, service: 'contracts' as const, timeoutMs: 30_000, bodyLimitBytes: MIB },
  peers: true as const,
}));

/** The row for a checked path (see checkTarget), by whole segments; the longest prefix wins. */
export function routeFor(path: string): Route | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const route = byPrefix.get(path.slice(0, end));
    if (route !== undefined) return route;
  }
  return undefined;
}

const byPrefix: ReadonlyMap<string, Route> = new Map(routes.map((route) => [route.prefix, route]));

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Methods that only read (RFC 9110 9.2.1): no CSRF token, and a read scope is enough. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

/** The scope an API key needs for this method on this row, as `catalog:read`. */
export function scopeNeeded(route: Route, method: string): `${ScopeArea}:${'read' | 'write'}` {
  return `${route.scope}:${isSafeMethod(method) ? 'read' : 'write'}`;
}

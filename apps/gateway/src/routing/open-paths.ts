/** Addresses under /v1 that anybody may call without a name: the law as data, answers to "may I", and proofs. */
interface OpenPath {
  readonly methods: readonly string[];
  /** Of a checked path, see checkTarget. */
  readonly path: RegExp;
}

const READ = ['GET', 'HEAD'] as const;

/**
 * Deny first: what is not here needs a name. The door lets these pass without one, and the service must call them public
 * as well: neither wall alone opens anything.
 */
const openPaths: readonly OpenPath[] = [
  // What is on the market, for harvesters and search engines.
  { methods: READ, path: /^\/v1\/products\/[^/]+\/(?:dcat|schema-org|croissant)$/ },
  { methods: READ, path: /^\/v1\/catalog\/(?:dcat|schema-org)$/ },
  {
    methods: READ,
    path: /^\/v1\/customs\/(?:calendars|consultation-templates|precedents|release-keys|rule-sets)(?:\/|$)/,
  },
  { methods: READ, path: /^\/v1\/customs\/calendar-feeds\/[^/]+$/ },
  { methods: ['POST'], path: /^\/v1\/customs\/release-checks$/ },
  { methods: [...READ, 'POST'], path: /^\/v1\/customs\/policy-queries(?:\/|$)/ },
  { methods: READ, path: /^\/v1\/customs\/products\/[^/]+\/export-readiness$/ },
  { methods: READ, path: /^\/v1\/certificates\/[^/]+$/ },
  { methods: READ, path: /^\/v1\/usage\/statement-keys$/ },
  { methods: READ, path: /^\/v1\/delivery-keys$/ },
  { methods: READ, path: /^\/v1\/attestation-log(?:\/|$)/ },
  { methods: READ, path: /^\/v1\/attestation-(?:meaning|witness\/(?:checkpoint|peers))$/ },
];

/** Where a service has tokens of its own, which the door neither knows nor reads. */
const tokenPaths: readonly (OpenPath & { readonly token: RegExp })[] = [
  { methods: ['POST'], path: /^\/v1\/usage\/ingest$/, token: /^Bearer +hxi_\S{1,4000}$/i },
  // Peers of the dataspace: contracts says what the token of a transfer opens.
  { methods: [...READ, 'POST'], path: /^\/v1\/deliveries\/[^/]+\//, token: /^Bearer +hxt_\S{1,200}$/i },
];

/** Whether a request brings a token that its service alone can judge. */
export function hasServiceToken(method: string, path: string, authorization: string | undefined): boolean {
  if (authorization === undefined) return false;
  return tokenPaths.some((own) => own.token.test(authorization) && own.methods.includes(method) && own.path.test(path));
}

/** Whether a request may do without a name. */
export function isOpen(method: string, path: string): boolean {
  return openPaths.some((open) => open.methods.includes(method) && open.path.test(path));
}

/** Header names in lower case, as Node gives and takes them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** RFC 9110 7.6.1: they speak of one connection and end with it. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** What only the door may say to a service, and what a service has no business with: the caller's own credentials. */
const KEPT_FROM_SERVICES = /^(?:x-hetao-|x-forwarded-|x-real-ip$|forwarded$|x-http-method|x-original-|x-rewrite-)/;
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'x-csrf-token', 'expect']);

/** What a service may not say through our door: its make, and cookies of our own site. */
const KEPT_FROM_CALLERS: ReadonlySet<string> = new Set(['server', 'x-powered-by', 'set-cookie', 'set-cookie2', 'via']);

/** What the door adds to a request on its way in. */
export interface Passport {
  /** The signed identity of the caller; absent where none is needed and none was given. */
  readonly caller: string | undefined;
  /** A token of the service's own, passed on as it came; nobody else's credentials are. */
  readonly token?: string | undefined;
  readonly requestId: string;
  readonly address: string;
  readonly host: string;
  readonly scheme: 'http' | 'https';
}

/** The headers a service receives: the caller's, less what it must not claim, plus the passport. */
export function headersForService(headers: Headers, passport: Passport): Record<string, string | string[]> {
  const passed = kept(headers, (name) => !CREDENTIALS.has(name) && !KEPT_FROM_SERVICES.test(name));
  if (passport.token !== undefined) passed['authorization'] = passport.token;
  if (passport.caller !== undefined) passed['x-hetao-caller'] = passport.caller;
  passed['x-request-id'] = passport.requestId;
  passed['x-forwarded-for'] = passport.address;
  passed['x-forwarded-host'] = passport.host;
  passed['x-forwarded-proto'] = passport.scheme;
  return passed;
}

/** The headers a caller receives of what a service answered. */
export function headersForCaller(headers: Headers): Record<string, string | string[]> {
  return kept(headers, (name) => !name.startsWith('x-hetao-') && !KEPT_FROM_CALLERS.has(name));
}

/** Those headers that may pass, without those of this connection, and those it names itself as such. */
function kept(headers: Headers, mayPass: (name: string) => boolean): Record<string, string | string[]> {
  const { connection } = headers;
  const named = typeof connection === 'string' ? connection.toLowerCase().split(/\s*,\s*/) : [];
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value === undefined || HOP_BY_HOP.has(lower) || named.includes(lower) || !mayPass(lower)) continue;
    passed[lower] = typeof value === 'string' ? value : [...value];
  }
  return passed;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** The caller's request id when it is harmless, so that both sides can find the request in their logs. */
export function acceptableRequestId(given: unknown): string | undefined {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : undefined;
}

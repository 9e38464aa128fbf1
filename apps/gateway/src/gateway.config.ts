import type { JWK } from 'jose';
import { z } from 'zod';
import { booleanSetting, demoDefault, integerSetting, secret } from '@hetao/runtime';
import { seedAccounts } from './identity/seed-account.dto.js';
import { serviceNames, type ServiceName } from './routing/route-table.js';

/** Only for demonstrations: refused with NODE_ENV=production, also when it is typed in by hand. */
export const demoSessionSecret = 'demo-session-secret-refused-in-production';

const origin = z
  .string()
  .refine((text) => /^https?:\/\/[^/?#]+\/?$/.test(text) && URL.canParse(text), 'must be http(s)://host[:port]')
  .transform((text) => new URL(text).origin);

const issuer = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http(s) address');

const privateKey = json('must be the JSON of an Ed25519 private key (JWK: kty OKP, crv Ed25519, x, d)', (value) => {
  const key = value as JWK | null;
  return key?.kty === 'OKP' && key.crv === 'Ed25519' && typeof key.x === 'string' && typeof key.d === 'string'
    ? key
    : undefined;
});

const signingKeys = json('must be the JSON of a JWKS with private EC P-256 keys', (value) => {
  const keys = (value as { keys?: readonly JWK[] } | null)?.keys;
  const usable = Array.isArray(keys) && keys.length > 0 && keys.every((key: JWK) => key.crv === 'P-256' && key.d);
  return usable ? { keys: keys as readonly JWK[] } : undefined;
});

const seeds = json(
  'must be a JSON list of {email, password, organisation_id, personas, display_name, api_key?}',
  (value) => {
    const parsed = seedAccounts.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  },
);

const settings = z.object({
  /** Shared with the runtime; here it decides what only a demonstration may do. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Where people reach the exchange: scheme, host and port as their browser shows them. */
  PUBLIC_URL: demoDefault(origin, 'http://localhost:8080'),
  CATALOG_URL: origin,
  CONTRACTS_URL: origin,
  METERING_URL: origin,
  SETTLEMENT_URL: origin,
  /** An exchange may run without these three: their routes do not exist then. */
  CUSTOMS_URL: origin.optional(),
  ATTESTATION_URL: origin.optional(),
  SANDBOX_URL: origin.optional(),
  /** Signs the caller's identity towards the services; its public half is their CALLER_PUBLIC_KEY. */
  CALLER_PRIVATE_KEY: secret(privateKey),
  /** All keys of sessions, cookies and stored secrets are derived from it; at least 32 characters. */
  SESSION_SECRET: secret(demoDefault(z.string().min(32), demoSessionSecret)),
  SESSION_IDLE_MINUTES: integerSetting(1, 1440).prefault('30'),
  SESSION_ABSOLUTE_HOURS: integerSetting(1, 168).prefault('12'),
  /** 1: demo accounts on the sign-in page, the trade on the first page for everybody. */
  DEMO: booleanSetting.prefault('0'),
  SEED_ACCOUNTS: secret(seeds).optional(),
  /** The exchange's own organisation: operators and auditors belong to it. */
  EXCHANGE_ORGANISATION_ID: z.string().min(1).max(60).default('org_exchange'),
  /** An identity provider outside; empty: the one inside. */
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().min(1).default('hetao-exchange'),
  OIDC_CLIENT_SECRET: secret(z.string().min(8)).optional(),
  /** Keys of the provider inside; without it they are made once and kept, sealed, in the database. */
  OIDC_SIGNING_KEYS: secret(signingKeys).optional(),
  /** 1: merchants' services may be in our own network, and without TLS; for demonstrations and tests. */
  DELIVERY_PRIVATE_UPSTREAMS: booleanSetting.prefault('0'),
  /** Pause between two reports of delivered calls to metering, in ms. */
  DELIVERY_REPORT_MS: integerSetting(20, 60_000).prefault('500'),
  /** The largest answer of a merchant that is passed on, in MiB; a larger one is a file, and files have another way. */
  DELIVERY_ANSWER_MIB: integerSetting(1, 4_096).prefault('256'),
  /** How long one answer may take to come in all: one that drips would hold its connection for ever. */
  DELIVERY_ANSWER_SECONDS: integerSetting(1, 86_400).prefault('3600'),
  /** How long the list of calls goes back; what metering has not been told of is kept until it has. */
  DELIVERY_CALLS_KEPT_DAYS: integerSetting(35, 3660).prefault('400'),
  /** Where the built portal lies, when it is another than the one beside the gateway. */
  PORTAL_FOLDER: z.string().min(1).optional(),
  /** Most connections to one service for each row of the route table; an open stream holds one. */
  PROXY_CONNECTIONS: integerSetting(16, 65_536).prefault('1024'),
  /** How many of our own proxies stand between the caller and this process. */
  TRUSTED_PROXIES: integerSetting(0, 5).prefault('0'),
  /** Requests a minute, counted in this process: without credentials per address, with them per key and organisation. */
  RATE_LIMIT_ADDRESS: integerSetting(1, 1_000_000).prefault('600'),
  /** The same for the files of pages (scripts, styles, pictures), which are some forty a page and come from memory. */
  RATE_LIMIT_FILES: integerSetting(1, 1_000_000).prefault('30000'),
  RATE_LIMIT_KEY: integerSetting(1, 1_000_000).prefault('3000'),
  RATE_LIMIT_ORGANISATION: integerSetting(1, 1_000_000).prefault('6000'),
});

export type GatewayConfig = z.output<typeof settings>;

/** What the gateway reads beside the settings common to all services. */
export const gatewaySettings = settings.superRefine((config, context) => {
  for (const { name, problem } of configFaults(config)) {
    context.addIssue({ code: 'custom', path: [name], message: problem });
  }
});

/** Base address of a service; undefined when it is no part of this exchange. */
export function serviceUrl(config: GatewayConfig, service: ServiceName): string | undefined {
  return config[`${service.toUpperCase() as Uppercase<ServiceName>}_URL`];
}

/** The services that are part of this exchange. */
export function openServices(config: GatewayConfig): readonly ServiceName[] {
  return serviceNames.filter((service) => serviceUrl(config, service) !== undefined);
}

/** Whether people reach the exchange over TLS: decides cookie names, HSTS and the Secure flag. */
export function isSecure(config: GatewayConfig): boolean {
  return config.PUBLIC_URL.startsWith('https:');
}

/** What must not be together, and what only a demonstration may do. */
export function configFaults(config: GatewayConfig): { name: string; problem: string }[] {
  const production = config.NODE_ENV === 'production';
  const outside = config.OIDC_ISSUER !== undefined;
  const rules: readonly [boolean, string, string][] = [
    [production && config.DEMO, 'DEMO', 'is refused when NODE_ENV=production'],
    [
      production && config.SESSION_SECRET === demoSessionSecret,
      'SESSION_SECRET',
      'is the demo value; set one of your own, e.g. from: openssl rand -base64 48',
    ],
    [
      production && config.DELIVERY_PRIVATE_UPSTREAMS,
      'DELIVERY_PRIVATE_UPSTREAMS',
      'is refused when NODE_ENV=production: it opens our own network to merchants',
    ],
    [production && !isSecure(config), 'PUBLIC_URL', 'must be https:// when NODE_ENV=production'],
    // With DEMO refused in production this keeps seeds, whose passwords are no secret, out of it too.
    [
      config.SEED_ACCOUNTS !== undefined && (production || !config.DEMO),
      'SEED_ACCOUNTS',
      'is for demonstrations: set DEMO=1 outside of production, or remove it',
    ],
    [outside && config.OIDC_CLIENT_SECRET === undefined, 'OIDC_CLIENT_SECRET', 'is required when OIDC_ISSUER is set'],
    [
      production && outside && !config.OIDC_ISSUER?.startsWith('https:'),
      'OIDC_ISSUER',
      'must be https:// when NODE_ENV=production',
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, name, problem]) => ({ name, problem }));
}

function json<T>(message: string, read: (value: unknown) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    try {
      const value = read(JSON.parse(text));
      if (value !== undefined) return value;
    } catch {
      // Falls through to the one message: it says what the text should have been.
    }
    context.addIssue(message);
    return z.NEVER;
  });
}

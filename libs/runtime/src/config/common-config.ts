import type { JSONWebKeySet, JWK } from 'jose';
import type { DatabaseTls } from '@hetao/persistence';
import { z } from 'zod';
import type { ConfigProblem } from './load-config.js';
import { booleanSetting, integerSetting, listSetting, secret } from './settings.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const databaseUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must be a postgres:// address');

/** One public key (JWK) or a set of them (JWKS, RFC 7517), so that keys can be rotated without a gap. */
const callerPublicKey = z.string().transform((text, context): JSONWebKeySet => {
  const keys = publicKeysIn(text);
  if (keys === undefined) {
    context.addIssue(
      'must be the JSON of an Ed25519 public key (JWK: kty OKP, crv Ed25519, x) or of a JWKS with such keys',
    );
    return z.NEVER;
  }
  return { keys };
});

/** Certificates of authorities, as a file of them comes (RFC 7468). */
const authorities = z
  .string()
  .refine(
    (text) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text),
    'must be certificates in PEM',
  );

/** What any of our processes reads when it opens a database. */
export const databaseSettings = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  DATABASE_URL: secret(databaseUrl),
  /** The account that owns the tables and migrates, where the service's own may not. */
  DATABASE_OWNER_URL: secret(databaseUrl).optional(),
  DATABASE_TLS: booleanSetting.prefault('0'),
  /** Who signed the server's certificate; without it the authorities that Node knows are believed. */
  DATABASE_CA: secret(authorities).optional(),
  DATABASE_POOL_SIZE: integerSetting(2, 200).prefault('10'),
};

/** The settings every service shares, in all three ways of running it; a service adds its own to them. */
export const commonSettings = {
  ...databaseSettings,
  HOST: z.string().default('127.0.0.1'),
  PORT: integerSetting(0, 65_535).prefault('8080'),
  MIGRATE: z.enum(['auto', 'off']).default('auto'),
  TRANSPORT: z.enum(['kafka', 'embedded']).default('kafka'),
  KAFKA_BROKERS: listSetting.optional(),
  KAFKA_SSL: booleanSetting.prefault('0'),
  KAFKA_CA: secret(authorities).optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512'),
  KAFKA_USERNAME: secret(z.string()).optional(),
  KAFKA_PASSWORD: secret(z.string()).optional(),
  /** Without a sign of life for so long a consumer is dead to its group, and another one gets its partitions, in ms. */
  KAFKA_SESSION_TIMEOUT_MS: integerSetting(1_000, 300_000).prefault('10000'),
  CALLER_PUBLIC_KEY: secret(callerPublicKey),
  /** How long /readyz answers 503 before the port closes, in ms: what a load balancer needs to look away. */
  SHUTDOWN_DELAY_MS: integerSetting(0, 60_000).prefault('0'),
  /** How long requests and handlers in flight may take to finish once a stop was asked for, in ms. */
  SHUTDOWN_TIMEOUT_MS: integerSetting(100, 300_000).prefault('25000'),
};

export const databaseConfig = z.object(databaseSettings);
export type DatabaseConfig = z.output<typeof databaseConfig>;

export const commonConfig = z.object(commonSettings);
export type CommonConfig = z.output<typeof commonConfig>;

/** What the settings demand of each other; `raw` holds the texts that are set. */
export function relationsBetween(raw: Readonly<Record<string, string>>): ConfigProblem[] {
  return [...kafkaNeeds(raw), ...tlsNeeds(raw), ...demoKeysIn(raw)];
}

/** What a database alone is told has to agree as well. */
export function tlsNeeds(raw: Readonly<Record<string, string>>): ConfigProblem[] {
  const isOn = (name: string): boolean => booleanSetting.safeParse(raw[name]).data === true;
  const idle = [
    ['DATABASE_CA', 'DATABASE_TLS'],
    ['KAFKA_CA', 'KAFKA_SSL'],
  ] as const;
  const urls = ['DATABASE_URL', 'DATABASE_OWNER_URL'];
  return [
    ...idle
      .filter(([authority, tls]) => raw[authority] !== undefined && !isOn(tls))
      .map(([authority, tls]) => ({ name: authority, problem: `is of no use without ${tls}=1` })),
    // The pool would not look at them: a connection that its owner takes for safe would not be.
    ...urls
      .filter((name) => /[?&]ssl\w*=/.test(raw[name] ?? ''))
      .map((name) => ({
        name,
        problem: 'cannot ask for TLS; set DATABASE_TLS=1, and DATABASE_CA_FILE for an authority of your own',
      })),
  ];
}

/** How the database of these settings is reached. */
export function databaseTls({
  DATABASE_TLS,
  DATABASE_CA,
}: Pick<DatabaseConfig, 'DATABASE_TLS' | 'DATABASE_CA'>): DatabaseTls | undefined {
  return DATABASE_TLS ? { ca: DATABASE_CA } : undefined;
}

function kafkaNeeds(raw: Readonly<Record<string, string>>): ConfigProblem[] {
  if ((raw['TRANSPORT'] ?? 'kafka') !== 'kafka') return [];
  const missing = (name: string, problem: string) => (raw[name] === undefined ? [{ name, problem }] : []);
  return [
    ...missing('KAFKA_BROKERS', 'is required when TRANSPORT=kafka: host:port, separated by commas'),
    ...(raw['KAFKA_USERNAME'] === undefined ? [] : missing('KAFKA_PASSWORD', 'is required with KAFKA_USERNAME')),
  ];
}

function demoKeysIn(raw: Readonly<Record<string, string>>): ConfigProblem[] {
  if (raw['NODE_ENV'] !== 'production') return [];
  const problem = 'is the key of the demo, which everybody has; make a pair of your own';
  const names = ['CALLER_PUBLIC_KEY', 'CALLER_PRIVATE_KEY'];
  return names.filter((name) => isDemoKey(raw[name])).map((name) => ({ name, problem }));
}

/** The pair in infra/docker/demo-keys calls itself by this name. */
function isDemoKey(text: string | undefined): boolean {
  return text !== undefined && /"kid"\s*:\s*"demo"/.test(text);
}

function publicKeysIn(text: string): JWK[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const keys = isRecord(value) && Array.isArray(value['keys']) ? (value['keys'] as unknown[]) : [value];
    return keys.length > 0 && keys.every(isPublicEd25519) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function isPublicEd25519(value: unknown): value is JWK {
  return (
    isRecord(value) &&
    value['kty'] === 'OKP' &&
    value['crv'] === 'Ed25519' &&
    typeof value['x'] === 'string' &&
    // A private key in the public setting is a leak waiting to be logged.
    value['d'] === undefined
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

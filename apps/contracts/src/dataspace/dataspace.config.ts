import { z } from 'zod';
import { booleanSetting, demoDefault, integerSetting, listSetting, secret } from '@hetao/runtime';

const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(64),
});
export type DataspaceKey = z.output<typeof jwk>;

/** A private key as JSON; the detail of a fault never repeats the text, which may be the key. */
const privateKey = z.string().transform((text, context): DataspaceKey => {
  const parsed = jwk.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'must be the JSON of an Ed25519 private key (JWK: kty, crv, x, d, kid)',
  });
  return z.NEVER;
});

const address = z
  .string()
  .refine((text) => /^https?:\/\/[^?#]+$/.test(text) && URL.canParse(text), 'must be an http(s) address')
  .transform((text) => text.replace(/\/+$/, ''));

const pauses = listSetting
  .transform((texts) => texts.map(Number))
  .refine(
    (all) => all.length <= 20 && all.every((ms) => Number.isInteger(ms) && ms >= 0 && ms <= 86_400_000),
    'must be at most 20 whole numbers of milliseconds, separated by commas',
  );

const DEMO_KEY =
  '{"crv":"Ed25519","d":"C5-vrSVo1GjFLLUeKetcq6GV04AL48fWyUG5Le_g0IQ","x":"x-36PDbSF0pv-goLYpD4-TbC00FClbnjlCtDONcmmCw","kty":"OKP","kid":"demo-dataspace"}';

/** How this exchange speaks to others: the settings of the Dataspace Protocol. */
export const dataspaceSettings = {
  /** Shared with the runtime; here it decides what only a demonstration or a test may do. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Who we are in the dataspace; compared by peers as an exact text. */
  DATASPACE_PARTICIPANT_ID: demoDefault(z.string().min(1).max(300), 'did:web:exchange.hetao.demo'),
  /** Our root as peers reach it; they find the version file below it. */
  DATASPACE_ROOT_URL: demoDefault(address, 'http://localhost:8080/dsp'),
  /** Where consumers fetch data with a token: the exchange's deliveries, as the outside reaches them. */
  DATASPACE_DELIVERY_URL: demoDefault(address, 'http://localhost:8080/v1/deliveries'),
  /** Signs tokens towards peers with bearer-jwt. Its public half is served at /dsp/keys. */
  DATASPACE_PRIVATE_KEY: secret(demoDefault(privateKey, DEMO_KEY)),
  /** Seals what peers told us in confidence; at least 32 characters. */
  DATASPACE_SECRET: secret(demoDefault(z.string().min(32), 'demo-dataspace-secret-refused-in-production')),
  /** 1: peers may be on this machine or in our own network, and without TLS. */
  DATASPACE_PRIVATE_PEERS: booleanSetting.prefault('0'),
  /** Pauses between attempts to deliver a message, in ms; when they are used up, it is given up. */
  DATASPACE_RETRY_MS: pauses.prefault('300,600,1200,2500,5000,15000,60000,300000'),
  /** How long a process keeps a message it sends to itself, in ms; another one takes it over then. */
  DATASPACE_LEASE_MS: integerSetting(500, 600_000).prefault('20000'),
  /** How long a token for data is good, in s. A suspended or ended transfer refuses it at once. */
  DATASPACE_TOKEN_S: integerSetting(10, 86_400).prefault('3600'),
  /** File of the conformance mode: seeds, triggers and scripts. Never in production. */
  DATASPACE_CONFORMANCE_FILE: z.string().default(''),
};

/** What must not be together: refused at start. */
export function dataspaceFaults(config: DataspaceConfig): { name: string; problem: string }[] {
  if (config.NODE_ENV !== 'production') return [];
  const rules: readonly [boolean, string, string][] = [
    [config.DATASPACE_PRIVATE_PEERS, 'DATASPACE_PRIVATE_PEERS', 'is refused: it opens our own network to peers'],
    [config.DATASPACE_CONFORMANCE_FILE !== '', 'DATASPACE_CONFORMANCE_FILE', 'is refused: it lets anybody trade'],
    [!config.DATASPACE_ROOT_URL.startsWith('https:'), 'DATASPACE_ROOT_URL', 'must be https://'],
  ];
  return rules
    .filter(([broken]) => broken)
    .map(([, name, problem]) => ({ name, problem: `${problem} when NODE_ENV=production` }));
}

export type DataspaceConfig = z.output<z.ZodObject<typeof dataspaceSettings>>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The schema says what it should have been.
  }
}

import { parseNoteKey, type PrivateKeyJwk } from '@hetao/proofs';
import { demoDefault, integerSetting, secret } from '@hetao/runtime';
import { z } from 'zod';

const DEMO_LOG_KEY =
  '{"kty":"OKP","crv":"Ed25519","x":"98nzln_tQXYSBQeXyMiTeSPyf1XXgNN8Vhlt83XLrWY","d":"lAT4XiF60DTV3nMyzCGuRx2gArj1aDFC6_SvTvhIcKA"}';
const DEMO_WITNESS_KEY =
  '{"kty":"OKP","crv":"Ed25519","x":"guixR81UubTPVMsSBQZVs8xS5O0jvVxVJTwyk4_h-RU","d":"V836k0ymlc81mpTwGJA3vH4eSdHiHMHfjbWYOLCwwcc"}';

const privateKey = z.string().transform((text, context): PrivateKeyJwk => {
  const key = readJson(text) as Partial<PrivateKeyJwk> | undefined | null;
  const { kty, crv, x, d } = key ?? {};
  if (kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && typeof d === 'string') return { kty, crv, x, d };
  context.addIssue('must be the JSON of an Ed25519 private key (JWK: kty OKP, crv Ed25519, x, d)');
  return z.NEVER;
});

const publicLine = z.string().transform((text, context) => {
  const key = parseNoteKey(text);
  if (key !== undefined) return key;
  context.addIssue('must be the line the other node shows at /v1/attestation-log/keys (name+id+base64)');
  return z.NEVER;
});

const origin = z
  .string()
  .regex(/^[a-z0-9][a-z0-9./-]{2,99}$/, 'must look like a host and path without scheme: log.example/shenzhen');

/** What the attestation service is told. The keys name a node for ever: changing one starts another log. */
export const attestationConfig = z.object({
  /** Name of this node's log; appears in every checkpoint. */
  ATTESTATION_ORIGIN: origin.default('attestation.hetao.example/shenzhen'),
  /** Signs this log's checkpoints. */
  ATTESTATION_LOG_KEY: secret(demoDefault(privateKey, DEMO_LOG_KEY)),
  /** Signs what this node saw of the other one's log. */
  ATTESTATION_WITNESS_KEY: secret(demoDefault(privateKey, DEMO_WITNESS_KEY)),
  /** The node across the border; without it nobody watches this log but its monitors. */
  ATTESTATION_PEER_URL: z.url({ protocol: /^https?$/ }).optional(),
  ATTESTATION_PEER_LOG_KEY: publicLine.optional(),
  ATTESTATION_PEER_WITNESS_KEY: publicLine.optional(),
  ATTESTATION_PEER_INTERVAL_MS: integerSetting(50, 3_600_000).prefault('10000'),
  /** Longest time an entry waits for its checkpoint. */
  ATTESTATION_SEAL_INTERVAL_MS: integerSetting(10, 60_000).prefault('500'),
  /** Verifications one receiver may ask for in an hour. */
  ATTESTATION_VERIFICATIONS_PER_HOUR: integerSetting(1, 100_000).prefault('600'),
  /** Wrong commitments under one consent in an hour, before it is locked for the rest of that hour. */
  ATTESTATION_MISMATCHES_PER_HOUR: integerSetting(1, 1_000).prefault('5'),
});
export type AttestationConfig = z.output<typeof attestationConfig>;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

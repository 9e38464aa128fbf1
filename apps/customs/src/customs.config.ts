import { z } from 'zod';
import type { ReleasePrivateKey } from '@hetao/rules';
import { demoDefault, integerSetting, secret } from '@hetao/runtime';

const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(64),
});

/** A private key as JSON; the detail of a fault never repeats the text, which may be the key. */
const releaseKey = z.string().transform((text, context): ReleasePrivateKey => {
  const parsed = jwk.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'must be the JSON of an Ed25519 private key (JWK: kty, crv, x, d, kid)',
  });
  return z.NEVER;
});

const DEMO_KEY =
  '{"kty":"OKP","crv":"Ed25519","x":"Un-PZ8LhNlSYXyMGMqm2Tju39bQVS68upnjbKwhdbEs","d":"_8usAS3PkRKkw1Yvhf7j65Wlt0WaH_9t9quywLvwIyk","kid":"demo-customs-release"}';

export const customsConfig = z.object({
  /** Signs release tokens. Its public half is served at /v1/customs/release-keys. */
  RELEASE_PRIVATE_KEY: secret(demoDefault(releaseKey, DEMO_KEY)),
  /** Pause between two looks for releases whose time is over, in ms. Deliveries stop by the dates themselves. */
  EXPIRY_INTERVAL_MS: integerSetting(50, 3_600_000).prefault('1000'),
  /** Pause between two looks for declarations whose risk is not known yet, in ms. */
  RISK_INTERVAL_MS: integerSetting(50, 3_600_000).prefault('1000'),
  /** Pause between two looks for clocks that near their end, in ms. Reminders are by the day. */
  REMINDER_INTERVAL_MS: integerSetting(50, 86_400_000).prefault('60000'),
  /** How many findings of the public policy query are kept; anybody may keep some, and the oldest make room. */
  POLICY_QUERIES_KEPT: integerSetting(1, 1_000_000).prefault('50000'),
});
export type CustomsConfig = z.output<typeof customsConfig>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import type { PrivateKeyJwk } from '@hetao/proofs';
import { demoDefault, integerSetting, secret } from '@hetao/runtime';
import { z } from 'zod';

const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(64),
});

/** A private key as JSON; the detail of a fault never repeats the text, which may be the key. */
const statementKey = z.string().transform((text, context): PrivateKeyJwk & { readonly kid: string } => {
  const parsed = jwk.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'must be the JSON of an Ed25519 private key (JWK: kty, crv, x, d, kid)',
  });
  return z.NEVER;
});

const DEMO_KEY =
  '{"kty":"OKP","crv":"Ed25519","x":"PuTNoAdoF66xaPExO5K9Rr_vmff3lawNmZrYaYFQcN0","d":"48FsYdzU6tmcUAZk2_VTQNCNknAyMiXiXnf_SxR-4tQ","kid":"demo-metering-statement"}';

/** Settings of metering, on top of the common ones. */
export const meteringConfig = z.object({
  /** Zone of months where a request names none. */
  METERING_TIME_ZONE: z.string().default('Asia/Shanghai').refine(isTimeZone, 'must be an IANA time zone'),
  /** Signs usage statements. Its public half is served at /v1/usage/statement-keys. */
  USAGE_STATEMENT_PRIVATE_KEY: secret(demoDefault(statementKey, DEMO_KEY)),
  /** Transactions that count usage at the same time. */
  METERING_LANES: integerSetting(1, 16).prefault('3'),
  /** Events that may wait to be counted before senders are asked to come back later. */
  METERING_QUEUE_EVENTS: integerSetting(1_000, 1_000_000).prefault('60000'),
  /** How long closing a month waits until the usage that is durable in the log is counted; ms. */
  METERING_CLOSE_WAIT_MS: integerSetting(0, 50_000).prefault('15000'),
  /** Folder of the archive of raw usage; empty: nothing is archived, and nothing is dropped. */
  METERING_ARCHIVE_DIR: z.string().default(''),
  /** Whole days after which a day of raw usage is archived. */
  METERING_ARCHIVE_AFTER_DAYS: integerSetting(1, 3_650).prefault('7'),
  /** Days for which raw usage stays in the database once it is archived. */
  METERING_RAW_DAYS: integerSetting(35, 36_500).prefault('400'),
  /** Days for which an event that comes again is known, whatever its own time is. */
  METERING_KEY_DAYS: integerSetting(35, 36_500).prefault('40'),
  /** Days for which usage is kept by the minute. */
  METERING_MINUTE_DAYS: integerSetting(7, 36_500).prefault('62'),
});
export type MeteringConfig = z.output<typeof meteringConfig>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // RangeError: no such zone.
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { personas } from './account.js';

/** One account of SEED_ACCOUNTS. Its password needs no strength: seeds are refused in production. */
export const seedAccount = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
  organisation_id: z
    .string()
    .regex(/^[a-z]{2,8}_[a-z0-9]{1,40}$/, 'must be an id such as par_01jz8r8t2vf3q0w9c5m7n4x6ka'),
  personas: z.array(z.enum(personas)).min(1),
  display_name: z.string().min(1).max(200),
  /** A fixed API key with a right checksum, so that a demonstration's curl line never changes. */
  api_key: z
    .string()
    .regex(/^hx_test_[0-9A-Za-z]{36}$/, 'must be a test key: hx_test_ and 36 letters and digits')
    .optional(),
});

export type SeedAccount = z.output<typeof seedAccount>;

/** A demonstration has far fewer people than the bound. */
export const seedAccounts = z
  .array(seedAccount)
  .max(500)
  .refine((seeds) => allDifferent(seeds.map(({ email }) => email.toLowerCase())), 'must name each e-mail address once')
  .refine((seeds) => allDifferent(seeds.flatMap(({ api_key }) => api_key ?? [])), 'must name each API key once');

function allDifferent(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

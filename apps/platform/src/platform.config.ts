import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { booleanSetting, integerSetting, secret } from '@hetao/runtime';

/** What the one-process exchange reads from the environment; each service's own settings may be given beside it. */
export const platformConfig = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integerSetting(0, 65_535).prefault('8080'),
  /** Where the embedded PostgreSQL and the exchange's own keys live; made when missing. */
  DATA_DIR: z
    .string()
    .default('.hetao/demo')
    .transform((path) => (isAbsolute(path) ? path : resolve(path))),
  /** A PostgreSQL of your own instead of the embedded one. */
  DATABASE_URL: secret(
    z
      .string()
      .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must be a postgres:// address'),
  ).optional(),
  DATABASE_POOL_SIZE: integerSetting(2, 50).prefault('8'),
  /** As people's browsers see it; by default the address it listens on. */
  PUBLIC_URL: z.string().optional(),
  DEMO: booleanSetting.prefault('1'),
});

export type PlatformConfig = z.output<typeof platformConfig>;

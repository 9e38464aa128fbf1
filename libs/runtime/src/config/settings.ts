import { z } from 'zod';

/** What the loader has to know about a setting beside its schema. */
export interface SettingMeta {
  /** Its value is never printed, and `<NAME>_FILE` may name a file that holds it. */
  readonly secret?: boolean;
  /** Its default is for the demo and refused when NODE_ENV=production. */
  readonly demoDefault?: boolean;
}

const settings = z.registry<SettingMeta>();

/**
 * Marks a setting as a secret: its value is never logged, and it can come from the file named by `<NAME>_FILE`.
 * Put it outermost: `secret(z.string().min(32))`, `secret(demoDefault(z.string(), 'x'))`.
 */
export function secret<S extends z.ZodType>(schema: S): S {
  return register(schema, { secret: true });
}

/** Gives a setting a default that only a demo may use: with NODE_ENV=production the service refuses to start on it. */
export function demoDefault<S extends z.ZodType<unknown, string>>(schema: S, value: string): z.ZodPrefault<S> {
  return register(z.prefault(schema, value as z.input<S> & string), { ...settings.get(schema), demoDefault: true });
}

/** What was declared about a setting with {@link secret} and {@link demoDefault}. */
export function settingMeta(schema: z.core.$ZodType): SettingMeta {
  // `secret(…).optional()` wraps the marked schema: look through the wrappers.
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : undefined;
  return { ...(inner === undefined ? {} : settingMeta(inner)), ...settings.get(schema as z.ZodType) };
}

/** A whole number within bounds, written in decimal digits. */
export function integerSetting(min: number, max: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`);
}

/** `1`, `true`, `yes`, `on` or their opposites. */
export const booleanSetting: z.ZodType<boolean, string> = z
  .string()
  .refine((text) => /^(1|0|true|false|yes|no|on|off)$/i.test(text), 'must be 1 or 0')
  .transform((text) => /^(1|true|yes|on)$/i.test(text));

/** Comma-separated, blanks trimmed, at least one entry. */
export const listSetting: z.ZodType<readonly string[], string> = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .refine((entries) => entries.length > 0, 'must name at least one entry, separated by commas');

function register<S extends z.ZodType>(schema: S, meta: SettingMeta): S {
  // A clone, so that marking one setting never marks another one that shares its schema.
  const marked = schema.clone();
  settings.add(marked, { ...settings.get(schema), ...meta });
  return marked;
}

import { readFile } from 'node:fs/promises';
import type { SigningPrivateJwk } from '@hetao/proofs';
import { z } from 'zod';
import { CommandError, type Options } from '../command-line/command-line.js';

const privateJwk = z.union([
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() }),
]) satisfies z.ZodType<SigningPrivateJwk>;

/** A JSON file of a known shape. @throws CommandError naming the file, never its content: it may be a key. */
export async function readJson<T>(path: string, schema: z.ZodType<T>, what: string): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`${path} cannot be read as JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path: place }) => `/${place.join('/')}`);
  throw new CommandError(`${path} is not ${what}: look at ${[...new Set(places)].slice(0, 5).join(', ')}.`);
}

/** The key named by --key. @throws CommandError. */
export function readKey({ values }: Options): Promise<SigningPrivateJwk> {
  const { key } = values;
  if (key === undefined) throw new CommandError('--key is missing: the file the key command wrote.');
  return readJson(key, privateJwk, 'a private key');
}

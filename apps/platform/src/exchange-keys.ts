import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK, JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { generateCallerKeys } from '@hetao/runtime';

/** The secrets of a one-process exchange: made at its first start, kept beside its data. */
export interface ExchangeKeys {
  readonly callerPrivateKey: JWK;
  readonly callerPublicKeys: JSONWebKeySet;
  readonly sessionSecret: string;
}

const jwk = z.custom<JWK>((value) => typeof value === 'object' && value !== null && 'kty' in value);
const keyFile = z.object({
  callerPrivateKey: jwk,
  callerPublicKeys: z.custom<JSONWebKeySet>((value) => typeof value === 'object' && value !== null && 'keys' in value),
  sessionSecret: z.string().min(32),
});

const SECRET_BYTES = 48;
const OWNER_ONLY = 0o600;

/**
 * Reads the exchange's keys from its data directory, or makes them. Sessions and API callers survive a restart that way.
 *
 * @throws Error naming the file when it is there but is not ours to read.
 */
export async function exchangeKeys(dataDir: string): Promise<ExchangeKeys> {
  const path = join(dataDir, 'exchange-keys.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? makeKeys(dataDir, path) : readKeys(text, path);
}

function readKeys(text: string, path: string): ExchangeKeys {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${path} does not hold the exchange's keys. Put the right file back, or remove it: everybody signs in anew.`,
    );
  }
}

async function makeKeys(dataDir: string, path: string): Promise<ExchangeKeys> {
  const { privateKey, publicKeys } = await generateCallerKeys();
  const keys = {
    callerPrivateKey: privateKey,
    callerPublicKeys: publicKeys,
    sessionSecret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
  await mkdir(dataDir, { recursive: true });
  // Renamed into place: a crash in between leaves no half file that would refuse the next start.
  await writeFile(`${path}.draft`, JSON.stringify(keys), { mode: OWNER_ONLY });
  await chmod(`${path}.draft`, OWNER_ONLY);
  await rename(`${path}.draft`, path);
  return keys;
}

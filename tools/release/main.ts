import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseNoteKey, type NoteKey, type Trust } from '@hetao/proofs';
import type { ReleasePublicKey, ReleaseUse } from '@hetao/rules';
import { verifyRelease } from './verify.js';

const USAGE = `Nothing is asked of anybody: what is checked is on this machine.

  verify TOKEN_FILE --keys FILE [--log-key LINE] [--witness-key LINE] [--at ISO]
         [--purpose P --recipient ORG --destination PLACE --field NAME ...]
      the signature by customs (keys as served at /v1/customs/release-keys), the dates, with --log-key the receipt of the
      transparency log in a sealed token, and with a purpose whether that use is covered. Ends with 0 when all of it
      holds. Whether the release was suspended or revoked meanwhile only customs can say: POST /v1/customs/release-checks`;

const EXIT_USAGE = 2;
class UsageError extends Error {
  override readonly name = 'UsageError';
}
type Print = (line: string) => void;

/** Runs one command. @returns 0 for a release that holds, 1 for one that does not, 2 when called wrongly. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const [name, ...rest] = args;
  if (name !== 'verify') {
    print(USAGE);
    return EXIT_USAGE;
  }
  try {
    const text = { type: 'string' } as const;
    const options = {
      ...{ keys: text, 'log-key': text, 'witness-key': text, at: text, purpose: text, recipient: text },
      ...{ destination: text, field: { type: 'string', multiple: true } as const },
    };
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('verify takes one file with a token.');
    const verdict = await verifyRelease((await readText(file)).trim(), {
      keys: await readKeys(values.keys),
      at: instant(values.at),
      trust: trustOf(values['log-key'], values['witness-key']),
      use: useOf(values),
    });
    for (const line of verdict.lines) print(line);
    return verdict.holds ? 0 : 1;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}

function useOf(values: {
  readonly purpose?: string;
  readonly recipient?: string;
  readonly destination?: string;
  readonly field?: readonly string[];
}): ReleaseUse | null {
  const { purpose, recipient, destination, field: fields = [] } = values;
  if (purpose === undefined) return null;
  if (recipient === undefined || destination === undefined || fields.length === 0) {
    throw new UsageError('A use is a --purpose with --recipient, --destination and at least one --field.');
  }
  return { purpose, recipientId: recipient, destination, fields };
}

function trustOf(logKey: string | undefined, witnessKey: string | undefined): Trust | null {
  if (logKey === undefined) return null;
  const logs = [keyOf('log-key', logKey)];
  return witnessKey === undefined
    ? { logs }
    : { logs, witnesses: [keyOf('witness-key', witnessKey)], witnessesNeeded: 1 };
}

function keyOf(name: string, line: string): NoteKey {
  const key = parseNoteKey(line);
  if (key === undefined) throw new UsageError(`--${name} is no key line (name+id+base64).`);
  return key;
}

function instant(text: string | undefined): Date {
  const at = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError('--at is no ISO 8601 instant.');
  return at;
}

async function readKeys(path: string | undefined): Promise<readonly ReleasePublicKey[]> {
  if (path === undefined) throw new UsageError('--keys is missing: a file as /v1/customs/release-keys answers.');
  const value: unknown = JSON.parse(await readText(path));
  const keys: unknown = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : null;
  if (!Array.isArray(keys) || !keys.every(isKey)) throw new UsageError(`${path} holds no Ed25519 keys (JWKS).`);
  return keys;
}

function isKey(value: unknown): value is ReleasePublicKey {
  if (typeof value !== 'object' || value === null) return false;
  const { kty, crv, x, kid } = value as Partial<Record<keyof ReleasePublicKey, unknown>>;
  return kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && typeof kid === 'string';
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read.`, { cause });
  }
}

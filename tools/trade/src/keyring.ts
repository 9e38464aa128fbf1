import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExchangeApi, ExchangeProblem } from '../../exchange/api.js';
import { makeApiKey } from '../../exchange/sign-in.js';

/** An account of the trade. The passwords belong to a demonstration: anybody may read them here. */
export interface Member {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly personas: readonly string[];
  readonly scopes: readonly string[];
}

export const members = {
  merchant: {
    email: 'api@lingnan-access.example',
    password: 'paper-lantern-river-stone-47',
    displayName: 'Lingnan Access, data desk',
    personas: ['merchant'],
    scopes: [
      'catalog:read',
      'catalog:write',
      'contracts:read',
      'contracts:write',
      'usage:read',
      'usage:write',
      'settlement:read',
      'customs:read',
      'customs:write',
    ],
  },
  buyer: {
    email: 'api@harbour-analytics.example',
    password: 'ferry-crossing-morning-tide-83',
    displayName: 'Harbour Analytics, research',
    personas: ['buyer'],
    scopes: ['catalog:read', 'contracts:read', 'contracts:write', 'usage:read', 'settlement:read'],
  },
} as const satisfies Record<string, Member>;

const OWNER_ONLY = 0o600;

/** API keys of the trade's members, kept in a file so that a second run uses the same ones. */
export class Keyring {
  private constructor(
    private readonly path: string,
    private readonly keys: Record<string, string>,
  ) {}

  static async open(path: string): Promise<Keyring> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new Keyring(path, JSON.parse(text) as Record<string, string>);
  }

  /** A key of this member that the exchange still takes; a new one, made by signing in, when there is none. */
  async keyFor(baseUrl: string, member: Member): Promise<string> {
    const name = `${baseUrl} ${member.email}`;
    const known = this.keys[name];
    if (known !== undefined && (await isAccepted(baseUrl, known))) return known;
    const key = await makeApiKey(baseUrl, member, { name: 'npm run trade', scopes: [...member.scopes] });
    this.keys[name] = key;
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(`${this.path}.draft`, JSON.stringify(this.keys, null, 2), { mode: OWNER_ONLY });
    await rename(`${this.path}.draft`, this.path);
    return key;
  }
}

async function isAccepted(baseUrl: string, apiKey: string): Promise<boolean> {
  try {
    await new ExchangeApi({ baseUrl, apiKey }).get('/v1/products?limit=1');
    return true;
  } catch (error) {
    if (error instanceof ExchangeProblem && error.status === 401) return false;
    throw error;
  }
}

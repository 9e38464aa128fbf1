import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { TokenKey } from './ingest-token.js';

/** A key signs for a day, and what it signed is believed for two. */
const SIGNS_FOR_MS = 86_400_000;
const MOST_REMEMBERED = 64;

interface KeyRow {
  readonly key_id: string;
  readonly secret: Buffer;
  readonly created_at: Date;
}

/** Keys of ingest tokens: made by the service itself, known to all its processes through its database. */
@Injectable()
export class TokenKeyRepository {
  readonly #known = new Map<string, TokenKey>();
  #current: { readonly key: TokenKey; readonly createdAtMs: number } | undefined;

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The key to sign with; a new one each day. */
  async current(nowMs: number): Promise<TokenKey> {
    if (this.#current && nowMs - this.#current.createdAtMs < SIGNS_FOR_MS) return this.#current.key;
    const row = (await this.#latest(nowMs)) ?? (await this.#make(nowMs));
    const key = { keyId: row.key_id, secret: row.secret };
    this.#current = { key, createdAtMs: row.created_at.getTime() };
    return key;
  }

  /** The key of that id; one that nobody remembers is read once. */
  async find(keyId: string): Promise<TokenKey | undefined> {
    const known = this.#known.get(keyId);
    if (known) return known;
    const { rows } = await this.database.withClient((client) =>
      client.query<KeyRow>('SELECT * FROM usage_token_keys WHERE key_id = $1', [keyId]),
    );
    const key = rows[0] && { keyId, secret: rows[0].secret };
    if (!key) return undefined;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(keyId, key);
    return key;
  }

  async #latest(nowMs: number): Promise<KeyRow | undefined> {
    const since = new Date(nowMs - SIGNS_FOR_MS);
    const { rows } = await this.database.withClient((client) =>
      client.query<KeyRow>(
        'SELECT * FROM usage_token_keys WHERE created_at > $1 ORDER BY created_at DESC, key_id LIMIT 1',
        [since],
      ),
    );
    return rows[0];
  }

  async #make(nowMs: number): Promise<KeyRow> {
    const row = { key_id: newId('key'), secret: randomBytes(32), created_at: new Date(nowMs) };
    await this.database.withClient(async (client) => {
      await client.query('INSERT INTO usage_token_keys (key_id, secret, created_at) VALUES ($1, $2, $3)', [
        ...[row.key_id, row.secret, row.created_at],
      ]);
      await client.query('DELETE FROM usage_token_keys WHERE created_at < $1', [new Date(nowMs - 3 * SIGNS_FOR_MS)]);
    });
    return row;
  }
}

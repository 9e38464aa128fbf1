import { Inject, Injectable } from '@nestjs/common';
import { DomainException, err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { TileTree, type Receipt, type Tile, type TileRef } from '@hetao/proofs';
import { DATABASE } from '@hetao/runtime';
import type { QueryResultRow } from 'pg';
import { logErrors, type LogError } from './log.errors.js';
import { readTiles, type StoredCheckpoint } from './log.repository.js';
import { nativeTree } from './native.hasher.js';
import { cachedTiles } from './tile-cache.js';

/** An entry with its place. */
export interface PlacedEntry {
  readonly leafIndex: number;
  /** 64 hexadecimal digits. */
  readonly leafHash: string;
  /** Canonical JSON. */
  readonly entry: string;
}

/** Reads the sealed log and proves from it. */
@Injectable()
export class LogQueries {
  readonly #database: Database;
  readonly tree: TileTree;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
    this.tree = new TileTree(
      nativeTree,
      cachedTiles(nativeTree, (refs) => this.tiles(refs)),
    );
  }

  /** The latest checkpoint. @throws DomainException LOG_DAMAGED when the log was never opened. */
  async head(): Promise<StoredCheckpoint> {
    const [row] = await this.#rows<{ size: string; root: string; note: string }>(
      'SELECT size, root, note FROM log_checkpoints ORDER BY size DESC LIMIT 1',
    );
    if (row === undefined) throw new DomainException(logErrors.LOG_DAMAGED('There is no checkpoint.'));
    return { ...row, size: Number(row.size) };
  }

  /** The last checkpoint that was sealed before an instant; the first one of all where that is younger. */
  async headBefore(at: Date): Promise<Omit<StoredCheckpoint, 'note'>> {
    const [row] = await this.#rows<{ size: string; root: string }>(
      `(SELECT size, root FROM log_checkpoints WHERE sealed_at < $1 ORDER BY size DESC LIMIT 1)
       UNION ALL (SELECT size, root FROM log_checkpoints ORDER BY size LIMIT 1) LIMIT 1`,
      [at],
    );
    if (row === undefined) throw new DomainException(logErrors.LOG_DAMAGED('There is no checkpoint.'));
    return { root: row.root, size: Number(row.size) };
  }

  /** The latest checkpoint that bears a witness's line. */
  async witnessed(): Promise<StoredCheckpoint | null> {
    const [row] = await this.#rows<{ size: string; root: string; note: string }>(
      `SELECT w.size, c.root, w.note FROM log_witnessed w JOIN log_checkpoints c USING (size) ORDER BY w.size DESC LIMIT 1`,
    );
    return row === undefined ? null : { ...row, size: Number(row.size) };
  }

  tiles(refs: readonly TileRef[]): Promise<Tile[]> {
    return this.#database.withClient((client) => readTiles(client, refs));
  }

  /** Entries of one bundle, from leaf `first` on. */
  async entries(first: number, count: number): Promise<Uint8Array[]> {
    const rows = await this.#rows<{ entry: Uint8Array }>(
      'SELECT entry FROM log_entries WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index',
      [first, first + count],
    );
    return rows.map(({ entry }) => entry);
  }

  async placed(by: { readonly key: string } | { readonly leafHash: string }): Promise<PlacedEntry | null> {
    const [condition, value] =
      'key' in by ? ['entry_key = $1', by.key] : ['leaf_hash = $1', Buffer.from(by.leafHash, 'hex')];
    const [row] = await this.#rows<{ leaf_index: string; leaf_hash: Buffer; entry: Buffer }>(
      `SELECT leaf_index, leaf_hash, entry FROM log_entries
       WHERE ${condition} AND leaf_index IS NOT NULL ORDER BY leaf_index LIMIT 1`,
      [value],
    );
    if (row === undefined) return null;
    const { leaf_index: index, leaf_hash: hash, entry } = row;
    return { leafIndex: Number(index), leafHash: hash.toString('hex'), entry: entry.toString() };
  }

  /** The path of a leaf in the tree of a size that the log has reached. */
  async inclusion(leafIndex: number, size: number): Promise<Result<readonly string[], LogError>> {
    const { size: latest } = await this.head();
    if (size < 1 || size > latest) return err(sizeUnknown(size, latest));
    if (leafIndex >= size) return err(logErrors.LEAF_UNKNOWN(`There is no leaf ${leafIndex} among ${size}.`));
    return ok(await this.tree.inclusionProof(leafIndex, size));
  }

  async consistency(from: number, to: number): Promise<Result<readonly string[], LogError>> {
    const { size: latest } = await this.head();
    if (to > latest) return err(sizeUnknown(to, latest));
    if (from < 1 || from > to) return err(sizeUnknown(from, to));
    return ok(await this.tree.consistencyProof(from, to));
  }

  /** The receipt of the entry with this key, under the latest checkpoint, or the latest that a witness signed. */
  async receipt(key: string, witnessed: boolean): Promise<Result<Receipt, LogError>> {
    const checkpoint = witnessed ? await this.witnessed() : await this.head();
    const placed = await this.placed({ key });
    if (placed === null || checkpoint === null || placed.leafIndex >= checkpoint.size) {
      return err(
        logErrors.RECEIPT_NOT_READY(`The entry is not yet under a ${witnessed ? 'witnessed ' : ''}checkpoint.`),
      );
    }
    return ok({
      format: 'hetao-receipt-v1',
      entry: placed.entry,
      leaf_index: placed.leafIndex,
      path: await this.tree.inclusionProof(placed.leafIndex, checkpoint.size),
      checkpoint: checkpoint.note,
    });
  }

  /** True when the log, at this size, had this root. */
  async had(size: number, root: string): Promise<boolean> {
    const { size: latest } = await this.head();
    return size <= latest && (await this.tree.root(size)) === root;
  }

  async #rows<R extends QueryResultRow>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.#database.withClient(async (client) => (await client.query<R>(sql, params)).rows);
  }
}

function sizeUnknown(size: number, latest: number): LogError {
  return logErrors.LOG_SIZE_UNKNOWN(`${size} is not between 1 and ${latest}.`, { meta: { size: latest } });
}

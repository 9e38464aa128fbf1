import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { entryBytes, type Tile, type TileRef } from '@hetao/proofs';
import type { ClientBase } from 'pg';
import type { LogEntry } from './log-entry.js';
import { nativeTree } from './native.hasher.js';

/** An entry that waits for its place in the log. */
export interface WaitingEntry {
  readonly key: string;
  readonly leafHash: Uint8Array;
  /** Somebody waits to hear that it is in the log: its place is stated as an event. */
  readonly announced: boolean;
}

/** A checkpoint as stored. */
export interface StoredCheckpoint {
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  readonly note: string;
}

/** What is to be written down under a key of the writer's choice: the same key twice is the same entry. */
export interface KeyedEntry {
  readonly key: string;
  readonly entry: LogEntry;
}

const LOCK = 'hetao.attestation.log';

/** Writes the log, always inside the caller's transaction. */
@Injectable()
export class LogRepository {
  /** Puts entries in line; durable with the transaction, in the log with the next checkpoint. Known keys are left alone. */
  async enqueue(tx: Tx, entries: readonly KeyedEntry[], announced = false): Promise<void> {
    const bytes = entries.map(({ entry }) => entryBytes(entry));
    await this.enqueueBytes(
      tx,
      entries.map(({ key }) => key),
      bytes,
      announced,
    );
  }

  /** As {@link enqueue}, for entries already in bytes: what the measurement of the bare log uses. */
  async enqueueBytes(
    tx: Tx,
    keys: readonly string[],
    entries: readonly Uint8Array[],
    announced = false,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO log_entries (entry_key, entry, leaf_hash, announced)
       SELECT waiting.*, $4 FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS waiting
       ON CONFLICT (entry_key) DO NOTHING`,
      [keys, entries, entries.map((entry) => nativeTree.leaf(entry)), announced],
    );
  }

  /** Lets one sealer work at a time, of all processes; held until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
  }

  async head(tx: Tx): Promise<StoredCheckpoint | null> {
    const [row] = await tx.query<{ size: string; root: string; note: string }>(
      'SELECT size, root, note FROM log_checkpoints ORDER BY size DESC LIMIT 1',
    );
    return row === undefined ? null : { ...row, size: Number(row.size) };
  }

  async waiting(tx: Tx, limit: number): Promise<WaitingEntry[]> {
    return tx.query<WaitingEntry>(
      `SELECT entry_key AS key, leaf_hash AS "leafHash", announced FROM log_entries
       WHERE leaf_index IS NULL ORDER BY seq LIMIT $1`,
      [limit],
    );
  }

  /** Seconds since the oldest waiting entry arrived, by the database's clock; 0 when none waits. */
  async longestWait(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ seconds: number }>(
      `SELECT extract(epoch FROM clock_timestamp() - enqueued_at)::float8 AS seconds FROM log_entries
       WHERE leaf_index IS NULL ORDER BY seq LIMIT 1`,
    );
    return row?.seconds ?? 0;
  }

  async tiles(tx: Tx, refs: readonly TileRef[]): Promise<Tile[]> {
    return readTiles(tx.client, refs);
  }

  /** Gives waiting entries their places, from `first` on. */
  async place(tx: Tx, keys: readonly string[], first: number): Promise<void> {
    const placed = await tx.execute(
      `UPDATE log_entries SET leaf_index = $2 + placed.position - 1
       FROM unnest($1::text[]) WITH ORDINALITY AS placed (key, position)
       WHERE entry_key = placed.key AND leaf_index IS NULL`,
      [keys, first],
    );
    if (placed !== keys.length) throw new Error(`${placed} of ${keys.length} entries could be placed.`);
  }

  async writeTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
    await tx.execute(
      `INSERT INTO log_tiles (level, index, hashes)
       SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
       ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
      [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => hashes)],
    );
  }

  async writeCheckpoint(tx: Tx, { size, root, note }: StoredCheckpoint, at: Date): Promise<void> {
    await tx.execute('INSERT INTO log_checkpoints (size, root, note, sealed_at) VALUES ($1, $2, $3, $4)', [
      size,
      root,
      note,
      at,
    ]);
  }
}

/** Named, so that the server plans it once a connection: planning would cost more than reading. */
const READ_TILES = {
  name: 'hetao-attestation-tiles',
  text: `SELECT t.level, t.index, t.hashes FROM log_tiles t
    JOIN unnest($1::smallint[], $2::bigint[]) AS wanted (level, index) USING (level, index)`,
};

/** Reads stored tiles in one statement. */
export async function readTiles(client: Pick<ClientBase, 'query'>, refs: readonly TileRef[]): Promise<Tile[]> {
  if (refs.length === 0) return [];
  const { rows } = await client.query<{ level: number; index: string; hashes: Uint8Array }>({
    ...READ_TILES,
    values: [refs.map(({ level }) => level), refs.map(({ index }) => index)],
  });
  return rows.map(({ level, index, hashes }) => ({ level, index: Number(index), hashes }));
}

/** True while our own signature under another history is unexplained: only our own key can bring that about. */
export async function isAccused(tx: Tx, origin: string): Promise<boolean> {
  const sql = 'SELECT 1 FROM node_alarms WHERE origin = $1 AND acknowledged_at IS NULL LIMIT 1';
  return (await tx.query(sql, [origin])).length > 0;
}

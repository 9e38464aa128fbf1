import { randomFillSync } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { LogRepository, nativeTree } from '@hetao/attestation/log';
import { systemClock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { UnitOfWork, type Database } from '@hetao/persistence';
import {
  appendLeaves,
  edgeTiles,
  emptyEdge,
  HASH_BYTES,
  hashAt,
  TILE_WIDTH,
  type Tile,
  type TreeEdge,
} from '@hetao/proofs';
import { from as copyFrom } from 'pg-copy-streams';

/** Whole tiles, so that none is written twice. */
const CHUNK = 1_024 * TILE_WIDTH;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Fills a log's tiles with a tree of this many leaves, or as many as the time allows. Hashing is the log's own; only the
 * way into the table is another (COPY for full tiles), since sealing that many entries would take a quarter of an
 * hour. Leaf hashes are random: what a tree does does not depend on what was hashed into its leaves.
 */
export async function buildTree(database: Database, leaves: number, budgetMs: number): Promise<TreeEdge> {
  const until = performance.now() + budgetMs;
  let edge: TreeEdge = emptyEdge;
  while (edge.size < leaves && performance.now() < until) {
    const count = Math.min(CHUNK, leaves - edge.size);
    const bytes = randomFillSync(new Uint8Array(count * HASH_BYTES));
    const appended = appendLeaves(
      nativeTree,
      edge,
      Array.from({ length: count }, (_, i) => hashAt(bytes, i)),
    );
    edge = appended.edge;
    await copyTiles(
      database,
      appended.tiles.filter(({ hashes }) => hashes.length === TILE_WIDTH * HASH_BYTES),
    );
  }
  await writeEdge(database, edge);
  await database.withClient((client) => client.query('ANALYZE log_tiles'));
  return edge;
}

async function copyTiles(database: Database, tiles: readonly Tile[]): Promise<void> {
  await database.withClient(async (client) => {
    const stream = client.query(copyFrom('COPY log_tiles (level, index, hashes) FROM STDIN (FORMAT binary)'));
    stream.write(SIGNATURE);
    stream.write(Buffer.concat(tiles.map(rowOf)));
    stream.end(TRAILER);
    await finished(stream);
  });
}

/** Each field behind its length, big-endian. */
function rowOf({ level, index, hashes }: Tile): Buffer {
  const head = Buffer.alloc(24);
  head.writeInt16BE(3, 0);
  head.writeInt32BE(2, 2);
  head.writeInt16BE(level, 6);
  head.writeInt32BE(8, 8);
  head.writeBigInt64BE(BigInt(index), 12);
  head.writeInt32BE(hashes.length, 20);
  return Buffer.concat([head, hashes]);
}

async function writeEdge(database: Database, edge: TreeEdge): Promise<void> {
  const transport = createEmbeddedTransport();
  const uow = new UnitOfWork(database, transport.outboxFor('attestation', database), systemClock);
  const tiles = edgeTiles(edge.size).map((ref) => ({ ...ref, hashes: edge.partial[ref.level] ?? new Uint8Array() }));
  await uow.run((tx) => new LogRepository().writeTiles(tx, tiles));
  await transport.close();
}

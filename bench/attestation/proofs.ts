import { randomFillSync, randomInt } from 'node:crypto';
import { attestationService } from '@hetao/attestation';
import { cachedTiles, LogRepository, nativeTree, readTiles } from '@hetao/attestation/log';
import { systemClock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { openDatabase, UnitOfWork, type Database } from '@hetao/persistence';
import {
  appendLeaves,
  edgeRoot,
  emptyEdge,
  HASH_BYTES,
  hashAt,
  TILE_WIDTH,
  TileTree,
  verifyConsistency,
  verifyInclusion,
  type TileReader,
  type TreeEdge,
} from '@hetao/proofs';

/** Milliseconds: of the wall clock, and what one cost this process in CPU time, which a busy machine does not stretch. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly cpuMean: number;
}

interface Times {
  readonly wallMs: number[];
  readonly cpuMs: number[];
}

export interface ProofFigures {
  readonly leaves: number;
  readonly samples: number;
  readonly buildSeconds: number;
  readonly buildNote: string;
  readonly inclusion: Quantiles;
  readonly consistency: Quantiles;
  readonly tileReads: Quantiles;
  readonly verification: Quantiles;
  readonly bareHashes: Quantiles;
}

const GOAL_LEAVES = 10_000_000;
const CHUNK = 250_000;
/** The whole run is to end within a minute, also on a busy machine: then with a smaller tree, and it says so. */
const BUILD_BUDGET_MS = 22_000;
const SAMPLES = 1_000;
const WARM_UP = 100;

/** Builds a large tree in a database of its own, then proves and verifies random leaves of it. */
export async function measureProofs(databaseUrl: string): Promise<ProofFigures> {
  const database = await openDatabase({
    url: databaseUrl,
    schema: attestationService.schema,
    entities: [],
    migrations: attestationService.allMigrations,
    applicationName: 'bench',
    poolSize: 2,
  });
  try {
    await database.migrate();
    const startedAt = performance.now();
    const edge = await build(database, startedAt);
    const buildSeconds = (performance.now() - startedAt) / 1000;
    const buildNote = edge.size === GOAL_LEAVES ? 'the goal’s size' : 'the time for building ran out before 10 M';
    return { ...(await sample(database, edge)), leaves: edge.size, samples: SAMPLES, buildSeconds, buildNote };
  } finally {
    await database.close();
  }
}

/** Leaf hashes are random: what a tree does does not depend on what was hashed into its leaves. */
async function build(database: Database, startedAt: number): Promise<TreeEdge> {
  const transport = createEmbeddedTransport();
  const uow = new UnitOfWork(database, transport.outboxFor('attestation', database), systemClock);
  const log = new LogRepository();
  let edge: TreeEdge = emptyEdge;
  while (edge.size < GOAL_LEAVES && performance.now() - startedAt < BUILD_BUDGET_MS) {
    const bytes = randomFillSync(new Uint8Array(CHUNK * HASH_BYTES));
    const leaves = Array.from({ length: CHUNK }, (_, i) => hashAt(bytes, i));
    const appended = appendLeaves(nativeTree, edge, leaves);
    await uow.run((tx) => log.writeTiles(tx, appended.tiles));
    edge = appended.edge;
  }
  await transport.close();
  await database.withClient((client) => client.query('ANALYZE log_tiles'));
  return edge;
}

async function sample(database: Database, edge: TreeEdge) {
  const { size } = edge;
  const root = edgeRoot(nativeTree, edge);
  const read: TileReader = (refs) =>
    database.withClient((client) =>
      readTiles(
        async (sql, params) =>
          (await client.query<{ level: number; index: string; hashes: Uint8Array }>(sql, params)).rows,
        refs,
      ),
    );
  const tree = new TileTree(nativeTree, cachedTiles(read));
  const fresh = (): Times => ({ wallMs: [], cpuMs: [] });
  const times = {
    inclusion: fresh(),
    consistency: fresh(),
    tileReads: fresh(),
    verification: fresh(),
    bareHashes: fresh(),
  };
  for (let i = 0; i < SAMPLES + WARM_UP; i += 1) {
    const index = randomInt(size);
    const tiles = [0, 1, 2].map((level) => ({ level, index: Math.floor(index / TILE_WIDTH ** (level + 1)) }));
    const stored = (await timed(times.tileReads, () => read(tiles))).find(({ level }) => level === 0);
    const leaf = Buffer.from(hashAt(stored?.hashes ?? new Uint8Array(), index % TILE_WIDTH)).toString('hex');
    const path = await timed(times.inclusion, () => tree.inclusionProof(index, size));
    const good = await timed(times.verification, () => verifyInclusion({ leafHash: leaf, index, size, path, root }));
    await timed(times.bareHashes, () => path.forEach(() => nativeTree.node(new Uint8Array(32), new Uint8Array(32))));
    const from = index + 1;
    const continued = await timed(times.consistency, () => tree.consistencyProof(from, size));
    const fromRoot = await tree.root(from);
    if (!good || !verifyConsistency({ from, fromRoot, to: size, toRoot: root, path: continued })) {
      throw new Error(`A proof about leaf ${index} does not hold: the figures are void.`);
    }
  }
  const { inclusion, consistency, tileReads, verification, bareHashes } = times;
  return {
    inclusion: quantiles(inclusion),
    consistency: quantiles(consistency),
    tileReads: quantiles(tileReads),
    verification: quantiles(verification),
    bareHashes: quantiles(bareHashes),
  };
}

async function timed<T>(times: Times, work: () => T | Promise<T>): Promise<T> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const value = await work();
  times.wallMs.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpuBefore);
  times.cpuMs.push((user + system) / 1000);
  return value;
}

function quantiles({ wallMs, cpuMs }: Times): Quantiles {
  const sorted = wallMs.slice(WARM_UP).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? NaN;
  const cpu = cpuMs.slice(WARM_UP);
  return { p50: at(0.5), p99: at(0.99), cpuMean: cpu.reduce((sum, one) => sum + one, 0) / cpu.length };
}

import { randomInt } from 'node:crypto';
import { attestationService } from '@hetao/attestation';
import { cachedTiles, nativeTree, readTiles } from '@hetao/attestation/log';
import { openDatabase, type Database } from '@hetao/persistence';
import {
  edgeRoot,
  hashAt,
  TILE_WIDTH,
  TileTree,
  verifyConsistency,
  verifyInclusion,
  type TileReader,
  type TreeEdge,
} from '@hetao/proofs';
import { buildTree } from './bulk-tiles.js';

/** Milliseconds: of the wall clock, and what one cost this process in CPU time, which a busy machine does not stretch. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly cpuMean: number;
  readonly cpuP99: number;
}

interface Times {
  readonly wallMs: number[];
  readonly cpuMs: number[];
}

export interface ProofFigures {
  readonly leaves: number;
  readonly samples: number;
  readonly buildSeconds: number;
  readonly buildCpuSeconds: number;
  readonly buildNote: string;
  readonly inclusion: Quantiles;
  readonly consistency: Quantiles;
  readonly tileReads: Quantiles;
  readonly verification: Quantiles;
  readonly bareHashes: Quantiles;
}

const GOAL_LEAVES = 10_000_000;
/** Enough on a machine several times busier than its cores; should it run out, the tree is smaller and it says so. */
const BUILD_BUDGET_MS = 150_000;
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
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    const edge = await buildTree(database, GOAL_LEAVES, BUILD_BUDGET_MS);
    const buildSeconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const buildCpuSeconds = (user + system) / 1e6;
    const buildNote = edge.size === GOAL_LEAVES ? 'the goal’s size' : 'the time for building ran out before 10 M';
    return {
      ...(await sample(database, edge)),
      leaves: edge.size,
      samples: SAMPLES,
      buildSeconds,
      buildCpuSeconds,
      buildNote,
    };
  } finally {
    await database.close();
  }
}

async function sample(database: Database, edge: TreeEdge) {
  const { size } = edge;
  const root = edgeRoot(nativeTree, edge);
  const read: TileReader = (refs) => database.withClient((client) => readTiles(client, refs));
  const tree = new TileTree(nativeTree, cachedTiles(nativeTree, read));
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
    const place = index % TILE_WIDTH;
    const tile = { level: 0, index: Math.floor(index / TILE_WIDTH), width: place + 1 };
    const [stored] = await timed(times.tileReads, () => read([tile]));
    const leaf = Buffer.from(hashAt(stored?.hashes ?? new Uint8Array(), place)).toString('hex');
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
  const cpu = cpuMs.slice(WARM_UP).sort((a, b) => a - b);
  const cpuMean = cpu.reduce((sum, one) => sum + one, 0) / cpu.length;
  return { p50: at(0.5), p99: at(0.99), cpuMean, cpuP99: cpu[Math.floor(0.99 * cpu.length)] ?? NaN };
}

import { finished } from 'node:stream/promises';
import { LogRepository, nativeTree, SealLog } from '@hetao/attestation/log';
import { newId } from '@hetao/kernel';
import { entryBytes, leafHash, merkleRoot } from '@hetao/proofs';
import type { RunningService } from '@hetao/runtime';
import { from as copyFrom } from 'pg-copy-streams';

export interface AppendFigures {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly copyPerSecond: number;
  readonly batch: number;
  readonly rounds: number;
  readonly total: number;
  readonly entryBytes: number;
}

/** The most that one checkpoint takes. */
const BATCH = 5_000;
const BATCHES_A_ROUND = 5;
const ROUNDS = 3;

interface Batch {
  readonly keys: readonly string[];
  readonly entries: readonly Uint8Array[];
}

/** Measures how fast entries come under signed checkpoints, and checks the log at the end. */
export async function measureAppends(service: RunningService): Promise<AppendFigures> {
  const [log, seal] = [service.app.get(LogRepository), service.app.get(SealLog)];
  const written: Uint8Array[] = [];
  const append = async (batches: readonly Batch[]): Promise<void> => {
    for (const { keys, entries } of batches) {
      await service.uow.run((tx) => log.enqueueBytes(tx, keys, entries));
      const sealed = await seal.execute();
      if (sealed !== entries.length) throw new Error(`${sealed} of ${entries.length} entries were sealed: void.`);
      written.push(...entries);
    }
  };
  await append(makeBatches(1));
  await service.database.withClient((client) =>
    client.query('CREATE TABLE copied (key text, entry bytea, leaf_hash bytea)'),
  );
  const rounds: { perSecond: number; perCpuSecond: number; copyPerSecond: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const batches = makeBatches(BATCHES_A_ROUND);
    const copySeconds = await seconds(() => copy(service, batches));
    const cpuBefore = process.cpuUsage();
    const appendSeconds = await seconds(() => append(batches));
    const { user, system } = process.cpuUsage(cpuBefore);
    const count = BATCHES_A_ROUND * BATCH;
    rounds.push({
      perSecond: count / appendSeconds,
      perCpuSecond: (count * 1e6) / (user + system),
      copyPerSecond: count / copySeconds,
    });
  }
  await check(service, written);
  const [median] = rounds.sort((a, b) => a.perSecond - b.perSecond).slice(Math.floor(ROUNDS / 2));
  if (median === undefined) throw new Error('No round was measured.');
  const [first] = written;
  return { ...median, batch: BATCH, rounds: ROUNDS, total: written.length, entryBytes: first?.length ?? 0 };
}

/** Entries like those of other services' events. */
function makeBatches(count: number): readonly Batch[] {
  return Array.from({ length: count }, () => {
    const keys = Array.from({ length: BATCH }, () => newId('evt'));
    const entries = keys.map((key) => {
      const commitment = leafHash(new TextEncoder().encode(key));
      const record = 'hetao.settlement.invoice-issued.v1';
      return entryBytes({
        kind: 'record-committed',
        record,
        commitment,
        commitment_sm3: commitment,
        at: '2026-03-01T08:00:00.000Z',
      });
    });
    return { keys, entries };
  });
}

/** The baseline: the same rows and hashes, nothing proved. */
async function copy(service: RunningService, batches: readonly Batch[]): Promise<void> {
  await service.database.withClient(async (client) => {
    for (const { keys, entries } of batches) {
      const stream = client.query(copyFrom('COPY copied FROM STDIN'));
      const lines = entries.map(
        (entry, i) => `${keys[i] ?? ''}\t\\\\x${hex(entry)}\t\\\\x${hex(nativeTree.leaf(entry))}\n`,
      );
      stream.end(lines.join(''));
      await finished(stream);
    }
  });
}

/** Recomputes the root over all entries in the order of the log by the portable tree. */
async function check(service: RunningService, written: readonly Uint8Array[]): Promise<void> {
  const { rows } = await service.database.withClient((client) =>
    client.query<{ entry: Uint8Array }>('SELECT entry FROM log_entries ORDER BY leaf_index'),
  );
  const root = merkleRoot(rows.map(({ entry }) => leafHash(entry)));
  const { rows: heads } = await service.database.withClient((client) =>
    client.query<{ size: string; root: string }>('SELECT size, root FROM log_checkpoints ORDER BY size DESC LIMIT 1'),
  );
  if (Number(heads[0]?.size) !== written.length || heads[0]?.root !== root) {
    throw new Error('The checkpoint is not that of the entries: the figures are void.');
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

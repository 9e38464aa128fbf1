import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { attestationService } from '@hetao/attestation';
import { createEmbeddedTransport } from '@hetao/messaging';
import { startEmbeddedPostgres } from '@hetao/persistence';
import { createLogger, generateCallerKeys, startService } from '@hetao/runtime';
import { measureAppends, type AppendFigures } from './appends.js';
import { measureLargeFile } from './large-file.js';
import { measureProofs, type ProofFigures } from './proofs.js';

/**
 * `npm run bench -- attestation`: appends until a signed checkpoint covers them, against raw COPY of the same entries;
 * then proofs from a large tree in PostgreSQL, against the bare reading of its tiles. `npm run bench -- attestation file`
 * hashes a file of 20 GiB instead.
 */
export async function run([what, size]: readonly string[] = []): Promise<void> {
  if (what === 'file') return measureLargeFile(size === undefined ? undefined : Number(size));
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-attestation-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const transport = createEmbeddedTransport();
  try {
    const service = await startService(attestationService, {
      databaseUrl: await postgres.createDatabase('attestation'),
      transport,
      callerKeys: (await generateCallerKeys()).publicKeys,
      logger: createLogger({ service: 'attestation', level: 'error' }),
      // The measurement seals by itself, batch by batch.
      env: { ATTESTATION_SEAL_INTERVAL_MS: '60000' },
    });
    try {
      const appends = await measureAppends(service);
      const proofs = await measureProofs(await postgres.createDatabase('large'));
      report(appends, proofs);
    } finally {
      await service.stop();
    }
  } finally {
    await transport.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Line {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly baseline: string;
  readonly baselineValue: number;
}

function report(appends: AppendFigures, proofs: ProofFigures): void {
  const busy = loadavg()[0] ?? 0;
  const machine = `${cpus().length} cores under a load of ${busy.toFixed(1)}, PostgreSQL embedded with fsync on`;
  const bare = 'reading the leaf’s tile by key';
  const lines: readonly (Line & { readonly conditions: string })[] = [
    {
      figure: 'appends_sealed',
      value: appends.perSecond,
      unit: 'entries/s',
      goal: '>= 10000',
      baseline: 'raw COPY of the same entries and hashes, one transaction a batch, no index',
      baselineValue: appends.copyPerSecond,
      conditions: `batches of ${appends.batch}, each durable and under a signed checkpoint before the next; ${appends.total} entries of ${appends.entryBytes} B; median of ${appends.rounds} rounds; ${appends.perCpuSecond.toFixed(0)} entries per CPU second of the service; ${machine}`,
    },
    ...(['inclusion', 'consistency'] as const).flatMap((kind) =>
      (['p50', 'p99'] as const).map((quantile) => ({
        figure: `${kind}_proof_${quantile}`,
        value: proofs[kind][quantile],
        unit: 'ms',
        goal: '<= 5',
        baseline: bare,
        baselineValue: proofs.tileReads[quantile],
        conditions: `${proofs.leaves} leaves in PostgreSQL, ${proofs.samples} random proofs one after the other, leaf tiles read from PostgreSQL each time, tiles above them and at the edge cached; hashed by the log’s own code and loaded by COPY; CPU time of the process ${proofs[kind].cpuMean.toFixed(2)} ms mean, ${proofs[kind].cpuP99.toFixed(2)} ms p99; ${machine}`,
      })),
    ),
    ...(['p50', 'p99'] as const).map((quantile) => ({
      figure: `inclusion_verification_${quantile}`,
      value: proofs.verification[quantile],
      unit: 'ms',
      goal: '<= 5',
      baseline: 'one native SHA-256 for each node of the path',
      baselineValue: proofs.bareHashes[quantile],
      conditions: `paths of ${proofs.leaves} leaves, portable JavaScript as in a browser; CPU time ${proofs.verification.cpuMean.toFixed(3)} ms mean, ${proofs.verification.cpuP99.toFixed(3)} ms p99; ${machine}`,
    })),
  ];
  console.log(
    `\nTree of ${proofs.leaves} leaves built in ${proofs.buildSeconds.toFixed(1)} s, ${proofs.buildCpuSeconds.toFixed(1)} s of CPU (${proofs.buildNote}).\n`,
  );
  console.log(
    ['figure'.padEnd(32), 'value'.padStart(12), 'unit'.padEnd(10), 'goal'.padEnd(9), 'baseline'.padStart(12)].join(' '),
  );
  for (const { figure, value, unit, goal, baselineValue } of lines) {
    const cells = [
      figure.padEnd(32),
      shown(value).padStart(12),
      unit.padEnd(10),
      goal.padEnd(9),
      shown(baselineValue).padStart(12),
    ];
    console.log(cells.join(' '));
  }
  for (const { figure, value, unit, baseline, baselineValue, conditions } of lines) {
    const numbers = { value: rounded(value), unit, baseline, baseline_value: rounded(baselineValue) };
    console.log(
      JSON.stringify({ bench: 'attestation', figure, ...numbers, ratio: rounded(value / baselineValue), conditions }),
    );
  }
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(3);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

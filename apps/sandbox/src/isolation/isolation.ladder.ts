import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { err, ok, type Result } from '@hetao/kernel';
import { LOGGER, type OnServiceOpen } from '@hetao/runtime';
import { isolationErrors, type IsolationError } from './isolation.errors.js';
import { Canary } from './isolation.canary.js';
import {
  chooseLevel,
  isBelow,
  isolationLevels,
  type IsolationCheck,
  type IsolationLevel,
  type RungReport,
} from './isolation-level.js';
import { seccompProgram } from './seccomp.filter.js';
import { endWorker, findLauncher, launch, workerFile } from './worker.launcher.js';

const PROBE_TIMEOUT_MS = 15_000;
const NETWORK = /^network: /;
/** What each rung adds to the one below it. */
const PROMISES: Readonly<Record<'L0' | 'L1' | 'L2' | 'L3', RegExp>> = {
  L0: /^environment$/,
  L1: /^(environment|files: canary|processes: start)$/,
  L2: /^(environment|files: canary|processes: start|network: .+)$/,
  L3: /^/,
};
const NETWORK_ROUTES = 6;

/** Stands on each rung, looks whether it holds, and says so; nothing runs on one that was not tried. */
@Injectable()
export class IsolationLadder implements OnServiceOpen {
  readonly #logger: Logger;
  #rungs: readonly RungReport[] = [];

  constructor(@Inject(LOGGER) logger: Logger) {
    this.#logger = logger;
  }

  async onServiceOpen(): Promise<void> {
    await this.probeAll();
    const top = this.#rungs.filter(({ available }) => available).at(-1)?.level ?? 'none';
    this.#logger.info({ level: top }, 'Isolation was probed');
  }

  /** What the last probe of each rung found. */
  report(): readonly RungReport[] {
    return this.#rungs;
  }

  /** Probes every rung from the lowest on; above one that does not hold nothing is tried. */
  async probeAll(): Promise<readonly RungReport[]> {
    const rungs: RungReport[] = [];
    for (const level of isolationLevels) {
      const broken = rungs.find(({ available }) => !available);
      rungs.push(broken ? missing(level, `${broken.level} below it is not there`) : await probe(level));
    }
    this.#rungs = rungs;
    return rungs;
  }

  /**
   * The rung for a worker, tried again this moment: what held at start may have been taken away since.
   *
   * @returns ISOLATION_TOO_WEAK, ISOLATION_LOST.
   */
  async stand(floor: IsolationLevel): Promise<Result<IsolationLevel, IsolationError>> {
    if (this.#rungs.length === 0) await this.probeAll();
    const chosen = chooseLevel(this.#rungs, floor);
    if (!chosen.ok) return chosen;
    const now = await probe(chosen.value);
    if (now.available) return ok(chosen.value);
    this.#rungs = this.#rungs.map((rung) => (isBelow(rung.level, now.level) ? rung : { ...now, level: rung.level }));
    this.#logger.error({ level: now.level, reason: now.reason }, 'Isolation was lost');
    return err(isolationErrors.ISOLATION_LOST(`${now.level} does not hold any more: ${now.reason ?? 'unknown'}.`));
  }
}

function missing(level: IsolationLevel, reason: string, checks: readonly IsolationCheck[] = []): RungReport {
  return { level, available: false, checks, reason };
}

/** Tries one rung. Every refusal to answer counts against it. */
async function probe(level: IsolationLevel): Promise<RungReport> {
  if (level === 'L4' || level === 'L5') return missing(level, clusterReason(level));
  const absent = prerequisite(level);
  if (absent !== undefined) return missing(level, absent);
  const canary = await Canary.set();
  try {
    const checks = await runProbe(level, canary);
    return judge(level, checks);
  } catch (error) {
    return missing(level, error instanceof Error ? error.message : String(error));
  } finally {
    await canary.clear();
  }
}

function prerequisite(level: IsolationLevel): string | undefined {
  if (level === 'L2' && !findLauncher('unshare')) return 'unshare is not installed';
  if (level !== 'L3') return undefined;
  if (!findLauncher('bwrap')) return 'bubblewrap (bwrap) is not installed';
  return seccompProgram() === undefined ? `no seccomp filter is known for ${process.arch}` : undefined;
}

/** In a cluster the worker pods' own probe answers; on a plain machine there is no such pod, and so no such rung. */
function clusterReason(level: 'L4' | 'L5'): string {
  if (!existsSync('/var/run/secrets/hetao-workers/probe')) return 'no worker pod under gVisor or Kata answers here';
  const hardware = ['/dev/tdx_guest', '/dev/csv-guest', '/sys/kernel/config/tsm/report'].some((path) =>
    existsSync(path),
  );
  if (level === 'L5' && !hardware) return 'the processor attests no confidential machine (TDX, CSV)';
  return 'the worker pod did not prove its runtime class';
}

async function runProbe(level: IsolationLevel, canary: Canary): Promise<readonly IsolationCheck[]> {
  const withNetwork = isBelow(level, 'L2') ? 'local' : 'network';
  const child = launch(level, {
    file: workerFile(import.meta.url, './probe.worker'),
    args: [JSON.stringify(canary.targets), withNetwork],
  });
  const timer = setTimeout(() => endWorker(child), PROBE_TIMEOUT_MS);
  child.stdin.end();
  try {
    const [answer, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (answer === '') throw new Error(complaint.trim().split('\n').at(-1) ?? 'the probe said nothing');
    return JSON.parse(answer) as readonly IsolationCheck[];
  } finally {
    clearTimeout(timer);
  }
}

function judge(level: 'L0' | 'L1' | 'L2' | 'L3', found: readonly IsolationCheck[]): RungReport {
  const checks = found.filter(({ name }) => PROMISES[level].test(name));
  const open = checks.filter(({ held }) => !held).map(({ name, detail }) => `${name} (${detail})`);
  if (open.length > 0) return missing(level, `not held: ${open.join(', ')}`, checks);
  const routes = checks.filter(({ name }) => NETWORK.test(name)).length;
  if (!isBelow(level, 'L2') && routes < NETWORK_ROUTES) return missing(level, 'not every route was tried', checks);
  return { level, available: true, checks, reason: null };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from '@hetao/testing';
import { readMetrics, sumOf } from '../../exchange/metrics.js';
import { risePerHour, type Reading } from './figures.js';

const NAMES = {
  memoryBytes: 'process_resident_memory_bytes',
  heapBytes: 'nodejs_heap_size_used_bytes',
  handles: 'process_open_fds',
  cpuSeconds: 'process_cpu_seconds_total',
  lag: 'hetao_consumer_lag',
  backlog: 'hetao_outbox_backlog',
} as const;
type Vital = keyof typeof NAMES;

/** What became of a process over the day. */
export interface Vitals {
  readonly service: string;
  readonly memoryMb: number;
  readonly memoryRiseMbPerHour: number;
  readonly heapRiseMbPerHour: number;
  readonly handles: number;
  readonly handlesRisePerHour: number;
  readonly cpuSeconds: number;
  readonly mostLag: number;
  readonly mostBacklog: number;
  readonly lastLag: number;
}

const MEGABYTE = 1024 * 1024;
/** The first part is warming up: caches fill, code is compiled. */
const WARM_UP_SHARE = 0.3;

/** Reads every process at even intervals for as long as it is let. */
export class Watch {
  readonly #rows = new Map<string, Record<Vital, Reading[]>>();
  readonly #ended: Promise<void>;
  #isEnding = false;

  constructor(
    private readonly services: readonly ServiceProcess[],
    private readonly everyMs: number,
  ) {
    this.#ended = this.#watch();
  }

  async end(): Promise<readonly Vitals[]> {
    this.#isEnding = true;
    await this.#ended;
    return [...this.#rows].map(([service, readings]) => vitalsOf(service, readings));
  }

  async #watch(): Promise<void> {
    while (!this.#isEnding) {
      await Promise.all(this.services.map((service) => this.#read(service)));
      for (let waited = 0; waited < this.everyMs && !this.#isEnding; waited += 100) await pause(100);
    }
    await Promise.all(this.services.map((service) => this.#read(service)));
  }

  async #read({ name, url }: ServiceProcess): Promise<void> {
    const found = await readMetrics(url);
    const readings = this.#rows.get(name) ?? nothingYet();
    this.#rows.set(name, readings);
    const atMs = performance.now();
    for (const vital of Object.keys(NAMES) as Vital[]) {
      readings[vital].push({ atMs, value: sumOf(found, NAMES[vital]) });
    }
  }
}

function nothingYet(): Record<Vital, Reading[]> {
  return { memoryBytes: [], heapBytes: [], handles: [], cpuSeconds: [], lag: [], backlog: [] };
}

function vitalsOf(service: string, readings: Record<Vital, Reading[]>): Vitals {
  const warm = (vital: Vital) => readings[vital].slice(Math.floor(readings[vital].length * WARM_UP_SHARE));
  const last = (vital: Vital) => readings[vital].at(-1)?.value ?? 0;
  const most = (vital: Vital) => Math.max(0, ...readings[vital].map(({ value }) => value));
  return {
    service,
    memoryMb: last('memoryBytes') / MEGABYTE,
    memoryRiseMbPerHour: risePerHour(warm('memoryBytes')) / MEGABYTE,
    heapRiseMbPerHour: risePerHour(warm('heapBytes')) / MEGABYTE,
    handles: last('handles'),
    handlesRisePerHour: risePerHour(warm('handles')),
    cpuSeconds: last('cpuSeconds') - (readings.cpuSeconds[0]?.value ?? 0),
    mostLag: most('lag'),
    mostBacklog: most('backlog'),
    lastLag: last('lag'),
  };
}

import { printFigure } from './report.js';
import type { Memory } from './service.js';

/** What the service held after so many events. */
interface Sample extends Memory {
  readonly events: number;
}

const MEGABYTE = 2 ** 20;

/** Watches what the process of the service holds, from after the warm-up to the end of the run. */
export class MemoryWatch {
  readonly #samples: Sample[] = [];

  constructor(private readonly read: () => Promise<Memory>) {}

  /** @param events how many the service has taken so far. */
  async sample(events: number): Promise<void> {
    this.#samples.push({ events, ...(await this.read()) });
  }

  /** Prints start, middle and end, and how many megabytes a million events add. */
  print(): void {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const middle = this.#samples[Math.floor(this.#samples.length / 2)];
    if (!first || !middle || !last) throw new Error('No memory was sampled.');
    const events = last.events - first.events;
    const slopes = (['heapUsed', 'external', 'rss'] as const).map((part) => slope(this.#samples, part));
    console.log(
      `\nMemory of the service's process after a full collection, over ${events.toLocaleString('en')} events`,
    );
    for (const [name, sample] of Object.entries({ 'after the warm-up': first, middle, end: last })) {
      const parts = [sample.heapUsed, sample.external, sample.rss].map((bytes) => megabytes(bytes).toFixed(0));
      console.log(`${name.padEnd(20)} heap ${parts[0]} MB, buffers ${parts[1]} MB, resident ${parts[2]} MB`);
    }
    const [heap = 0, buffers = 0, rss = 0] = slopes.map((one) => Number(one.toFixed(2)));
    console.log(`slope                heap ${heap}, buffers ${buffers}, resident ${rss} MB a million events`);
    const conditions = `${this.#samples.length} samples over ${events} events, service in a process of its own`;
    const of = { unit: 'MB/million events', conditions };
    printFigure({ figure: 'memory_slope_heap', value: Number((heap + buffers).toFixed(2)), ...of });
    printFigure({ figure: 'memory_slope_resident', value: rss, ...of });
    printFigure({
      figure: 'memory_at_end',
      value: Math.round(megabytes(last.rss)),
      unit: 'MB',
      baseline: 'after the warm-up',
      baseline_value: Math.round(megabytes(first.rss)),
      conditions,
    });
  }
}

/** Least squares: megabytes a million events. */
function slope(samples: readonly Sample[], part: 'rss' | 'heapUsed' | 'external'): number {
  const mean = (read: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + read(sample), 0) / samples.length;
  const [x, y] = [mean((one) => one.events), mean((one) => one[part])];
  const spread = mean((one) => (one.events - x) ** 2);
  const together = mean((one) => (one.events - x) * (one[part] - y));
  return spread === 0 ? 0 : megabytes((together / spread) * 1e6);
}

function megabytes(bytes: number): number {
  return bytes / MEGABYTE;
}

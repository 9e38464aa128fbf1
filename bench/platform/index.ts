import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCopy, measureServerAlone } from './baselines.js';
import { type Opened, openExchange } from './exchange.js';

const WARM_STARTS = 3;
const LINES = 10_000;

interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  readonly baselineValue: number;
}

/** `npm run bench -- platform`: what `npm start` costs in time and memory, and how long the ten-thousand-line trade takes. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-bench-'));
  try {
    report(await measure(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<Figure[]> {
  const alone = await measureServerAlone(join(folder, 'alone'));
  const dataDir = join(folder, 'data');
  const first = await once(dataDir, () => Promise.resolve());
  const warm: number[] = [];
  for (let start = 0; start < WARM_STARTS; start += 1) {
    warm.push((await once(dataDir, () => Promise.resolve())).readySeconds);
  }
  let tradeSeconds = 0;
  const traded = await once(dataDir, async (exchange) => {
    tradeSeconds = await exchange.trade(LINES);
  });
  const copySeconds = await measureCopy(join(folder, 'copy'), LINES);
  const server = 'PostgreSQL alone, on a new and on an existing directory';
  const copy = 'reading the same lines and COPY into one table without an index';
  return [
    { figure: 'first_start', value: first.readySeconds, unit: 's', baseline: server, baselineValue: alone.first },
    { figure: 'warm_start_median', value: median(warm), unit: 's', baseline: server, baselineValue: alone.again },
    {
      figure: 'memory_ready',
      value: first.residentMiB,
      unit: 'MiB',
      baseline: 'this bare Node process',
      baselineValue: ownMiB(),
    },
    {
      figure: 'memory_after_trade',
      value: traded.residentMiB,
      unit: 'MiB',
      baseline: 'this bare Node process',
      baselineValue: ownMiB(),
    },
    { figure: 'trade_10000_lines', value: tradeSeconds, unit: 's', baseline: copy, baselineValue: copySeconds },
  ];
}

/** One start: from the command to the banner, then what there is to do, then the stop. */
async function once(
  dataDir: string,
  work: (exchange: Opened) => Promise<void>,
): Promise<{ readonly readySeconds: number; readonly residentMiB: number }> {
  const exchange = await openExchange(dataDir);
  try {
    await work(exchange);
    return { readySeconds: exchange.readySeconds, residentMiB: exchange.residentMiB() };
  } finally {
    await exchange.stop();
  }
}

const ownMiB = (): number => process.memoryUsage.rss() / 2 ** 20;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(figures: readonly Figure[]): void {
  const round = (value: number): number => Number(value.toPrecision(3));
  console.log(`\n${'figure'.padEnd(24)}${'value'.padStart(12)}${'baseline'.padStart(12)}   of`);
  for (const { figure, value, unit, baseline, baselineValue } of figures) {
    const cells = [`${round(value)} ${unit}`, `${round(baselineValue)} ${unit}`].map((cell) => cell.padStart(12));
    console.log(`${figure.padEnd(24)}${cells.join('')}   ${baseline}`);
  }
  const conditions = `one machine, ${process.version}, embedded PostgreSQL with fsync on, demo world of 35 merchants`;
  for (const { figure, value, unit, baseline, baselineValue } of figures) {
    const ratio = round(value / baselineValue);
    const line = {
      figure,
      value: round(value),
      unit,
      baseline,
      baseline_value: round(baselineValue),
      ratio,
      conditions,
    };
    console.log(JSON.stringify({ bench: 'platform', ...line }));
  }
}

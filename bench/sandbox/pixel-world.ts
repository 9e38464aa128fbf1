import {
  FramePump,
  markPattern,
  MarkClock,
  screenSize,
  tileGrid,
  type AreaVerdict,
  type EnclaveDesk,
  type PixelSource,
} from '@hetao/sandbox/pixel';

export const grid = tileGrid(screenSize);
export const pattern = markPattern(Buffer.alloc(32, 9), screenSize);

/** An enclave with a dataset and one result to page through; what it answers costs nothing, so that pixels are measured. */
export const desk: EnclaveDesk = {
  datasets: () => Promise.resolve([{ name: 'visits', columns: [{ name: 'syndrome', use: 'after_group_by' }] }]),
  analyses: () => Promise.resolve([]),
  jobs: () => Promise.resolve([{ id: 'job_1', title: 'select', status: 'done', cost: null, running: false }]),
  run: () => Promise.resolve({ job: 'job_1' }),
  cancel: () => Promise.resolve(),
  result: () =>
    Promise.resolve([
      {
        ...{ kind: 'table', title: '证候 × 方剂' },
        columns: ['syndrome', 'formula', 'patients', 'share'].map((name, index) => ({ name, numeric: index > 1 })),
        rows: Array.from({ length: 300 }, (_, row) => [`证候 ${row}`, `方剂 ${row % 17}`, String(row * 5), '12.5']),
      },
      {
        ...{ kind: 'chart', title: 'survival', shape: 'line' },
        series: [{ name: '生存', points: Array.from({ length: 100 }, (_, x) => [x, Math.exp(-x / 40)] as const) }],
      },
    ]),
};

/** Milliseconds that go on evenly. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

export function marksOf(): MarkClock {
  const viewer = { name: '陳大文', organisation: 'par_hkhealth', session: 'pxs_bench' };
  return new MarkClock(grid, pattern, viewer, { startMs: now(), epochs: [0x51a7e3] });
}

export interface PumpOutlet {
  readonly record: (frame: Buffer, atMs: number) => Promise<void>;
  readonly show: (frame: Buffer) => void;
  readonly onVerdict?: (verdict: AreaVerdict) => void;
}

/** A pump as a session has it, with an outlet of the measurement's own. */
export function pumpOf(source: PixelSource, { record, show, onVerdict = () => undefined }: PumpOutlet): FramePump {
  const marks = marksOf();
  return new FramePump({
    ...{ grid, source, record, show, onVerdict, now },
    marks: (atMs) => marks.at(atMs),
    canShow: () => true,
    onFailure: (error) => {
      throw error;
    },
  });
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

import { cpus, loadavg } from 'node:os';
import { measureLatency } from './pixel-latency.js';
import { measureLeak } from './pixel-leak.js';
import { measureMarks } from './pixel-marks.js';
import { measureWork } from './pixel-work.js';

interface Line {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly baseline: string;
  readonly baselineValue: number;
  readonly conditions: string;
}

const CEILING = 60 * 48_000 + 1_000_000;
const TIGERVNC = 'TigerVNC, as measured for the reference (not run here)';

/**
 * Goals 2 to 9 of pixel sessions. Default about three minutes; `long` plays 20 h of work, 1000 marked frames and a minute of
 * each code, and takes about an hour.
 */
export async function measurePixels(long: boolean): Promise<void> {
  const lines = [
    ...(await latencyLines(long)),
    ...(await leakLines(long)),
    ...(await markLines(long)),
    ...(await workLines(long)),
  ];
  const machine = `${cpus().length} cores under a load of ${(loadavg()[0] ?? 0).toFixed(1)}`;
  console.log(
    ['figure'.padEnd(34), 'value'.padStart(12), 'unit'.padEnd(10), 'goal'.padEnd(12), 'baseline'.padStart(12)].join(
      ' ',
    ),
  );
  for (const { figure, value, unit, goal, baselineValue } of lines) {
    console.log(
      [
        figure.padEnd(34),
        shown(value).padStart(12),
        unit.padEnd(10),
        goal.padEnd(12),
        shown(baselineValue).padStart(12),
      ].join(' '),
    );
  }
  for (const { figure, value, unit, goal, baseline, baselineValue, conditions } of lines) {
    const numbers = {
      value: rounded(value),
      unit,
      goal,
      baseline,
      baseline_value: rounded(baselineValue),
      ratio: rounded(value / baselineValue),
    };
    console.log(JSON.stringify({ bench: 'sandbox', figure, ...numbers, conditions: `${conditions}; ${machine}` }));
  }
}

async function latencyLines(long: boolean): Promise<Line[]> {
  const seconds = long ? 60 : 15;
  const lines: Line[] = [];
  for (const sessions of [1, 8]) {
    const found = await measureLatency(sessions, seconds);
    const conditions = `${sessions} session(s) typing 5 keys/s for ${seconds} s over a loopback WebSocket, canvas source, both marks, recording on; viewers in the same process`;
    const common = { baseline: TIGERVNC, conditions };
    const line = (
      figure: string,
      value: number,
      [goal, baselineValue, unit]: readonly [string, number, string],
    ): Line => ({
      ...{ ...common, figure: `${figure}_${sessions}`, value, unit, goal, baselineValue },
    });
    lines.push(
      line('key_to_pixel_p50', found.p50, ['<= 90', 33, 'ms']),
      line('key_to_pixel_p95', found.p95, ['<= 200', 33, 'ms']),
      line('typing_bandwidth', found.kbitPerSecond, ['<= 400', 2_800, 'kbit/s']),
      { ...line('cores_a_session', found.coresPerSession, ['<= 0.15', 0.15, 'cores']), baseline: 'the goal' },
      { ...line('memory_a_session', found.mibPerSession, ['<= 200', 200, 'MiB']), baseline: 'the goal' },
    );
  }
  return lines;
}

async function leakLines(long: boolean): Promise<Line[]> {
  const seconds = long ? 75 : 20;
  const baseline = { 4: 70, 8: 17.6, 16: 4.4 } as const;
  const lines: Line[] = [];
  for (const blockPx of [4, 8, 16] as const) {
    const found = await measureLeak(blockPx, seconds);
    const conditions = `random ${blockPx}-px blocks at 10 frames/s for ${seconds} s, a receiver that knows the frame of every tile; goes on after the freeze as if it were thawed`;
    const without = 'the same tiles without an allowance, as measured for the reference';
    lines.push(
      {
        figure: `leak_${blockPx}px`,
        value: found.kilobytesPerSecond,
        unit: 'KB/s',
        goal: '<= 1.5',
        baseline: without,
        baselineValue: baseline[blockPx],
        conditions,
      },
      {
        figure: `frozen_after_${blockPx}px`,
        value: found.frozenAfterSeconds,
        unit: 's',
        goal: '<= 12',
        baseline: 'the goal',
        baselineValue: 12,
        conditions,
      },
      {
        figure: `most_in_60s_${blockPx}px`,
        value: found.mostBytesIn60s,
        unit: 'bytes',
        goal: `<= ${CEILING}`,
        baseline: 'the ceiling',
        baselineValue: CEILING,
        conditions,
      },
    );
  }
  return lines;
}

async function markLines(long: boolean): Promise<Line[]> {
  const { frames, readBack, falseAttributions, visibleOn } = await measureMarks(long ? 1_000 : 25);
  const conditions = `${frames} frames of the workbench at work, each with an epoch of its own; VP9 is not in the product and was not run`;
  const share = (figure: string, count: number): Line => ({
    ...{
      figure,
      value: (100 * count) / frames,
      unit: '%',
      goal: '100',
      baseline: 'every frame',
      baselineValue: 100,
      conditions,
    },
  });
  return [
    share('mark_read_back_raw', readBack.raw),
    share('mark_read_back_jpeg_q40', readBack.jpegQ40),
    share('mark_read_back_half_size', readBack.halfSize),
    share('visible_mark_found', visibleOn),
    {
      figure: 'false_attributions',
      value: falseAttributions,
      unit: 'frames',
      goal: '0',
      baseline: 'frames without a mark',
      baselineValue: frames,
      conditions,
    },
  ];
}

async function workLines(long: boolean): Promise<Line[]> {
  const { hours, actions, freezes, throttles, meanShare } = await measureWork(long ? 20 : 0.25);
  const conditions = `${hours} h of generated work (${actions} actions: writing, paging, charts, jobs, pauses) in virtual time, every picture drawn`;
  const base = { unit: 'in all', baseline: 'one in 20 h', baselineValue: hours / 20, conditions };
  return [
    { ...base, figure: 'false_freezes', value: freezes, goal: `<= ${(hours / 20).toFixed(2)}` },
    { ...base, figure: 'false_throttles', value: throttles, goal: '–' },
    {
      ...base,
      figure: 'screen_changed_a_second',
      value: 100 * meanShare,
      unit: '%',
      goal: '1 to 4',
      baseline: 'block codes',
      baselineValue: 100,
    },
  ];
}

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

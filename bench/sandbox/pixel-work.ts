import { CanvasSource, ChangedArea, takeChanges, WorkbenchDesk } from '@hetao/sandbox/pixel';
import { desk, grid } from './pixel-world.js';

export interface WorkFigures {
  readonly hours: number;
  readonly actions: number;
  readonly freezes: number;
  readonly throttles: number;
  readonly meanShare: number;
}

/** Who works: writes for a while, runs, pages, looks at the chart and back, presses on jobs, rests. Weights add up to 1. */
const HABITS = [
  {
    weight: 0.78,
    pauseMs: [90, 500],
    act: (source: CanvasSource) =>
      source.input({ kind: 'text', text: '选择 select '[Math.floor(Math.random() * 10)] ?? 'x' }),
  },
  {
    weight: 0.08,
    pauseMs: [300, 2_000],
    act: (source: CanvasSource) =>
      source.input({ kind: 'key', key: Math.random() < 0.7 ? 'PageDown' : 'PageUp', modifiers: [] }),
  },
  {
    weight: 0.05,
    pauseMs: [60, 250],
    act: (source: CanvasSource) =>
      source.input({ kind: 'pointer', action: 'wheel', x: 500, y: 500, delta: Math.random() < 0.6 ? 1 : -1 }),
  },
  {
    weight: 0.04,
    pauseMs: [500, 6_000],
    act: (source: CanvasSource) =>
      source.input({ kind: 'pointer', action: 'down', x: Math.random() < 0.5 ? 350 : 430, y: 360, delta: 0 }),
  },
  {
    weight: 0.03,
    pauseMs: [400, 3_000],
    act: (source: CanvasSource) => source.input({ kind: 'pointer', action: 'down', x: 1000, y: 90, delta: 0 }),
  },
  { weight: 0.02, pauseMs: [3_000, 40_000], act: () => undefined },
] as const;

/**
 * Hours of work on the real workbench in virtual time: every picture is drawn and compared, only the waiting is left out.
 * The alarm sees what it would see.
 */
export async function measureWork(hours: number): Promise<WorkFigures> {
  const source = new CanvasSource(
    new WorkbenchDesk(desk, { title: 'bench', language: 'zh-Hans', pollMs: 2 ** 30, onFailure: () => undefined }),
    grid,
  );
  await source.start(() => undefined);
  const area = new ChangedArea(grid.count);
  const shown = new Uint32Array(grid.width * grid.height);
  const counts = { actions: 0, freezes: 0, throttles: 0, shares: 0 };
  let verdict = 'calm';
  let atMs = 0;
  for (let drawnMs = -Infinity; atMs < hours * 3_600_000;) {
    const habit = pick();
    habit.act(source);
    const [least, most] = habit.pauseMs;
    atMs += least + Math.random() * (most - least);
    counts.actions += 1;
    // Orders to the enclave are answered between two actions.
    await new Promise((resolve) => setImmediate(resolve));
    if (atMs - drawnMs < 100) continue;
    const { pixels, dirty } = await source.capture();
    const changed = takeChanges(grid, shown, pixels, dirty);
    const next = drawnMs === -Infinity ? 'calm' : area.observe(changed, atMs);
    if (next !== verdict && next === 'coded') counts.freezes += 1;
    if (next !== verdict && next === 'suspect') counts.throttles += 1;
    verdict = next;
    counts.shares += changed.length / grid.count;
    drawnMs = atMs;
  }
  await source.stop();
  const { actions, freezes, throttles, shares } = counts;
  return { hours, actions, freezes, throttles, meanShare: shares / (atMs / 1000) };
}

function pick(): (typeof HABITS)[number] {
  let dice = Math.random();
  for (const habit of HABITS) if ((dice -= habit.weight) < 0) return habit;
  return HABITS[0];
}

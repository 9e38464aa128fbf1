import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { CanvasSource } from '../pixel-source/canvas.source.js';
import type { Primitive } from '../pixel-source/primitives.js';
import type { Scene } from '../pixel-source/scene.js';
import type { AreaVerdict } from './changed-area.js';
import { FrameAssembler } from './frame.assembler.js';
import { FramePump, type PumpParts } from './frame.pump.js';
import { readMark } from './invisible-mark.js';
import { lumaOf } from './jpeg.codec.js';
import { MarkClock } from './mark.clock.js';
import { markPattern } from './mark-pattern.codec.js';
import { screenSize, tileGrid } from './tiles.js';
import { MARK_CELL, paintLettering } from './visible-mark.painter.js';

const grid = tileGrid(screenSize);
const pattern = markPattern(Buffer.alloc(32, 3), screenSize);
const EPOCH = 0x51a7e3;

/** A screen that shows one line of text, which the test writes. */
class OneLine implements Scene {
  text = '數據不出境';
  extra: readonly Primitive[] = [];
  #news: () => void = () => undefined;
  start(onNews: () => void): Promise<void> {
    this.#news = onNews;
    return Promise.resolve();
  }
  input(): void {}
  write(text: string): void {
    this.text = text;
    this.#news();
  }
  picture(): readonly Primitive[] {
    const line = {
      kind: 'text',
      x: 90,
      y: 100,
      text: this.text,
      size: 16,
      color: '#222222',
      width: 300,
      align: 'left',
    } as const;
    return [{ kind: 'box', x: 0, y: 0, width: 1280, height: 720, fill: '#eef1f4' }, line, ...this.extra];
  }
  caret() {
    return null;
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

const pumps: FramePump[] = [];
afterEach(async () => {
  await Promise.all(pumps.splice(0).map((pump) => pump.pause()));
});

async function pumpOf(scene: OneLine, changes: Partial<PumpParts> = {}) {
  const recorded: Buffer[] = [];
  const shown: Buffer[] = [];
  const verdicts: AreaVerdict[] = [];
  const failures: unknown[] = [];
  const source = new CanvasSource(scene, grid);
  const viewer = { name: '陳大文', organisation: 'par_hkhealth', session: 'pxs_7Q2K' };
  const marks = new MarkClock(grid, pattern, viewer, { startMs: 1_000, epochs: [EPOCH] });
  const pump = new FramePump({
    grid,
    source,
    marks: (at) => marks.at(at),
    record: async (frame) => void recorded.push(frame),
    show: (frame) => void shown.push(frame),
    canShow: () => true,
    onVerdict: (verdict) => verdicts.push(verdict),
    onFailure: (error) => failures.push(error),
    now: () => 1_000 + performance.now(),
    ...changes,
  });
  pumps.push(pump);
  await source.start(() => pump.wake());
  pump.run();
  return { pump, source, marks, recorded, shown, verdicts, failures };
}

describe('The pump', () => {
  it('shows the whole screen once, then only what changed, each frame recorded before', async () => {
    const scene = new OneLine();
    const { shown, recorded, pump } = await pumpOf(scene);
    const screen = new FrameAssembler(grid);
    await eventually(() => expect(shown).toHaveLength(1));
    expect(screen.add(shown[0] ?? Buffer.of()).tiles).toHaveLength(grid.count);
    scene.write('數據不出境。');
    await eventually(() => expect(shown).toHaveLength(2));
    const { tiles, sequence } = screen.add(shown[1] ?? Buffer.of());
    expect(tiles.length).toBeLessThanOrEqual(2);
    expect(sequence).toBe(2);
    expect(recorded).toEqual(shown);
    expect(pump.sequence).toBe(2);
  });

  it('burns both marks into every part of what is seen: the one is read back, the other lies in each cell', async () => {
    const { shown, marks } = await pumpOf(new OneLine());
    await eventually(() => expect(shown).toHaveLength(1));
    const screen = new FrameAssembler(grid);
    screen.add(shown[0] ?? Buffer.of());
    const picture = lumaOf(screen.picture);
    expect(readMark(picture, pattern).epoch).toBe(EPOCH);
    expect(weakestCell(picture.luma, marks.at(1_000 + performance.now()).lettering)).toBeGreaterThan(8);
  });

  it('shows nothing that could not be recorded', async () => {
    const full = () => Promise.reject(new Error('ENOSPC'));
    const { shown, failures } = await pumpOf(new OneLine(), { record: full });
    await eventually(() => expect(failures).toHaveLength(1));
    expect(shown).toEqual([]);
  });

  it('takes a moving picture for a code: first it looks closer, then it calls it one', async () => {
    const scene = new OneLine();
    let now = 1_000;
    const { verdicts, pump, shown } = await pumpOf(scene, { now: () => now });
    for (let second = 0; second < 12 && !verdicts.includes('coded'); second += 1) {
      const before = shown.length;
      scene.extra = [
        { kind: 'box', x: 0, y: 0, width: 1280, height: 720, fill: second % 2 === 0 ? '#c0c0c0' : '#e0e0e0' },
      ];
      pump.wake();
      now += 1_000;
      await eventually(() => expect(shown.length).toBeGreaterThan(before));
    }
    expect(verdicts).toEqual(['suspect', 'coded']);
  });
});

/** How much darker the lettering is than the ground around it, in the cell where it is weakest; steps of 255. */
function weakestCell(luma: Uint8Array, lettering: Uint8Array): number {
  let weakest = Infinity;
  for (let top = 0; top + MARK_CELL.height <= grid.height; top += MARK_CELL.height) {
    for (let left = 0; left + MARK_CELL.width <= grid.width; left += MARK_CELL.width) {
      const sums = { ink: 0, inked: 0, ground: 0, grounds: 0 };
      for (let y = top; y < top + MARK_CELL.height; y += 1) {
        for (let at = y * grid.width + left; at < y * grid.width + left + MARK_CELL.width; at += 1) {
          if ((lettering[at] ?? 0) > 200) {
            sums.ink += luma[at] ?? 0;
            sums.inked += 1;
          } else if (lettering[at] === 0) {
            sums.ground += luma[at] ?? 0;
            sums.grounds += 1;
          }
        }
      }
      weakest = Math.min(weakest, sums.ground / sums.grounds - sums.ink / sums.inked);
    }
  }
  return weakest;
}

it('The visible mark names who, for whom, in which session and when', () => {
  const mark = { name: '陳大文', organisation: 'par_hkhealth', session: 'pxs_7Q2K', minute: '2026-11-20 10:00Z' };
  const lettering = paintLettering(mark, screenSize);
  const other = paintLettering({ ...mark, minute: '2026-11-20 10:01Z' }, screenSize);
  expect(lettering.filter((ink) => ink > 0).length).toBeGreaterThan(20_000);
  expect(Buffer.compare(Buffer.from(lettering), Buffer.from(other))).not.toBe(0);
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf } from '../pixel-source/primitives.js';
import { textOf } from './editor-text.js';
import { layOut } from './layout.js';
import { boundedWidgets, widgetLimits, type Widget } from './widgets.js';
import { react } from './workbench.js';
import { newWorkbench, type WorkbenchState } from './workbench-state.js';

const key = (name: string, ...modifiers: ('control' | 'shift')[]) => ({ kind: 'key', key: name, modifiers }) as const;
const text = (written: string) => ({ kind: 'text', text: written }) as const;
const press = (x: number, y: number) => ({ kind: 'pointer', action: 'down', x, y, delta: 0 }) as const;

const bench: WorkbenchState = {
  ...newWorkbench('TCM', 'zh-Hant'),
  datasets: [{ name: 'visits', columns: [{ name: 'syndrome', use: 'after_group_by' }] }],
  analyses: [{ name: 'Survival', text: '{"kind":"survival"}' }],
  jobs: [{ id: 'job_1', title: 'select', status: 'running', cost: 'CNY 0.12', running: true }],
};
const after = (state: WorkbenchState, ...events: Parameters<typeof react>[1][]) =>
  events.reduce((before, event) => react(before, event).state, state);

describe('The workbench', () => {
  it('writes keys and composed text into the editor, and runs what is written', () => {
    const written = after(bench, key('s'), key('e'), key('l'), text('中醫'), key('Enter'), key('x'), key('Backspace'));
    expect(textOf(written.editor)).toBe('sel中醫\n');
    expect(react(written, key('Enter', 'control')).order).toEqual({ kind: 'run', language: 'query', text: 'sel中醫' });
    expect(react(bench, key('Enter', 'control')).order).toBeNull();
  });

  it('puts the caret where somebody presses, also between wide characters', () => {
    const written = after(bench, text('a中b醫c'));
    const { caret } = layOut(written);
    const cell = (caret.x - 248) / cellsOf('a中b醫c');
    for (const [before, column] of [
      ['', 0],
      ['a', 1],
      ['a中', 2],
      ['a中b', 3],
    ] as const) {
      expect(after(written, press(248 + cellsOf(before) * cell + 1, caret.y + 4)).editor.caret.column).toBe(column);
    }
  });

  it('opens and cancels jobs, and takes an analysis into the editor', () => {
    expect(react(bench, press(1000, 90)).order).toEqual({ kind: 'open', job: 'job_1' });
    expect(react(bench, press(1210, 112)).order).toEqual({ kind: 'cancel', job: 'job_1' });
    const analysis = after(bench, press(60, 40 + 52 + 2 * 22 + 18));
    expect(analysis.language).toBe('analysis');
    expect(textOf(analysis.editor)).toBe('{"kind":"survival"}');
  });

  it('bears any input at any place', () => {
    const events = fc.oneof(
      fc.record({
        kind: fc.constant('pointer' as const),
        action: fc.constantFrom('down', 'up', 'move', 'wheel'),
        x: fc.integer(),
        y: fc.integer(),
        delta: fc.integer(),
      }),
      fc.record({
        kind: fc.constant('pointer' as const),
        action: fc.constantFrom('down', 'wheel'),
        x: fc.nat(1280),
        y: fc.nat(720),
        delta: fc.integer({ min: -200, max: 200 }),
      }),
      fc.record({
        kind: fc.constant('key' as const),
        key: fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('Enter', 'PageDown', 'ArrowUp', 'End', 'F5')),
        modifiers: fc.subarray(['control', 'shift'] as const),
      }),
      fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'grapheme' }) }),
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 25 }), (done) => {
        const { primitives, caret } = layOut(after(bench, ...(done as Parameters<typeof react>[1][])));
        expect(primitives.length).toBeGreaterThan(10);
        expect(Number.isFinite(caret.x) && Number.isFinite(caret.y)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('What a job may show', () => {
  it('is cut down to its limits: rows, columns, points, letters, and letters nobody sees', () => {
    const row = Array.from({ length: 40 }, () => 'x'.repeat(500));
    const hidden = `a${'\u200b\u200d'.repeat(30)}b`;
    const widgets: Widget[] = [
      {
        kind: 'table',
        title: hidden,
        columns: row.map((name) => ({ name, numeric: false })),
        rows: Array.from({ length: 900 }, () => row),
      },
      {
        kind: 'chart',
        title: '',
        shape: 'line',
        series: [{ name: 's', points: Array.from({ length: 999 }, (_, x) => [x, x === 3 ? NaN : 1]) }],
      },
    ];
    const [table, chart] = boundedWidgets(widgets);
    if (table?.kind !== 'table' || chart?.kind !== 'chart') throw new Error('The widgets changed their kind.');
    expect(table.title).toBe('ab');
    expect(table.rows).toHaveLength(widgetLimits.rows);
    expect(table.rows[0]).toHaveLength(widgetLimits.columns);
    expect(table.rows[0]?.[0]).toHaveLength(widgetLimits.letters);
    expect(chart.series[0]?.points).toHaveLength(widgetLimits.points);
  });
});

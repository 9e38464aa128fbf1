import { cellsOf, isWide, type Bounds, type Primitive } from '../pixel-source/primitives.js';
import { drawChart } from './chart.js';
import { selection, type TextPlace } from './editor-text.js';
import { palette } from './palette.js';
import { drawTable, visibleRows } from './table.js';
import type { Action, WorkbenchState } from './workbench-state.js';

export interface Layout {
  /** From back to front. */
  readonly primitives: readonly Primitive[];
  readonly hits: readonly { readonly area: Bounds; readonly action: Action }[];
  readonly caret: { readonly x: number; readonly y: number; readonly height: number };
}

/** One part of the screen: what it shows and what can be pressed in it. */
type Part = Pick<Layout, 'primitives' | 'hits'>;

const LINE = 20;
const CELL = 8.5;
const BAR: Bounds = { x: 0, y: 0, width: 1280, height: 40 };
const DATASETS: Bounds = { x: 0, y: 40, width: 240, height: 680 };
const EDITOR: Bounds = { x: 240, y: 40, width: 740, height: 300 };
const LINES: Bounds = { x: 248, y: 80, width: 724, height: 256 };
const RESULT: Bounds = { x: 240, y: 340, width: 740, height: 380 };
const JOBS: Bounds = { x: 980, y: 40, width: 300, height: 680 };
/** Lines of the editor that are seen at once. */
export const visibleLines = 12;
const MOST_ENTRIES = 26;

/**
 * Where everything lies on a screen of 1280 × 720. All of it is seen at once: no action of a person turns over so much of
 * the screen that it would look like a code.
 */
export function layOut(state: WorkbenchState): Layout {
  const parts = [frame(state), datasetPart(state), editorPart(state), resultPart(state), jobPart(state)];
  const { line, column } = state.editor.caret;
  const before = (state.editor.lines[line] ?? '').slice(0, column);
  const caret = { x: LINES.x + cellsOf(before) * CELL, y: LINES.y + (line - state.editorTop) * LINE, height: LINE };
  const seen = line >= state.editorTop && line < state.editorTop + visibleLines;
  const bar: Primitive[] = seen ? [box({ ...caret, y: caret.y + 2, width: 2, height: LINE - 4 }, palette.accent)] : [];
  return {
    primitives: [...parts.flatMap(({ primitives }) => primitives), ...bar],
    hits: parts.flatMap(({ hits }) => hits),
    caret,
  };
}

/** What a press here means; the last that was laid down is on top. */
export function hitAt({ hits }: Layout, x: number, y: number): Action | undefined {
  return hits.findLast(({ area }) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height)
    ?.action;
}

function frame({ title, notice }: WorkbenchState): Part {
  const panels = [DATASETS, JOBS].map((area) => box(area, palette.panel));
  return {
    primitives: [
      box({ x: 0, y: 0, width: 1280, height: 720 }, palette.ground),
      box(BAR, palette.bar),
      label({ x: 16, y: 20, width: 800 }, title, { size: 16, color: palette.barText }),
      ...panels,
      box({ ...EDITOR, x: 241, width: 738, height: 299 }, palette.panel),
      box({ ...RESULT, x: 241, y: 341, width: 738 }, palette.panel),
      ...(notice === null ? [] : [label({ x: 252, y: 706, width: 716 }, notice, { color: palette.warning })]),
    ],
    hits: [],
  };
}

function datasetPart({ datasets, analyses, words }: WorkbenchState): Part {
  const entries = datasets.flatMap(({ name, columns }) => [
    { text: name, indent: 0, color: palette.accent },
    ...columns.map((column) => ({ text: `${column.name}  ${column.use}`, indent: 14, color: palette.text })),
  ]);
  const shown = entries.slice(0, MOST_ENTRIES - Math.min(analyses.length, 8));
  const top = DATASETS.y + 52 + shown.length * 22 + 18;
  return {
    primitives: [
      heading(DATASETS, words.datasets),
      ...shown.map(({ text, indent, color }, row) =>
        label({ x: 16 + indent, y: DATASETS.y + 52 + row * 22, width: 208 - indent }, text, { color }),
      ),
      ...analyses.map(({ name }, row) =>
        label({ x: 16, y: top + row * 24, width: 208 }, `» ${name}`, { color: palette.accent }),
      ),
    ],
    hits: analyses.map((_, index) => ({
      area: { x: 8, y: top + index * 24 - 12, width: 224, height: 24 },
      action: { kind: 'analysis', index },
    })),
  };
}

function editorPart(state: WorkbenchState): Part {
  const { editor, editorTop, language, words } = state;
  const tabs = [
    { language: 'query', text: words.query, x: 252 },
    { language: 'analysis', text: words.analysis, x: 332 },
  ] as const;
  const button: Bounds = { x: 800, y: 46, width: 170, height: 28 };
  const visible = editor.lines.slice(editorTop, editorTop + visibleLines);
  return {
    primitives: [
      ...tabs.flatMap((tab) => tabOf({ x: tab.x, y: 46, width: 74, height: 28 }, tab.text, tab.language === language)),
      box(button, palette.accent),
      label({ x: 814, y: 60, width: 150 }, words.run, { color: palette.accentText }),
      ...selectionBoxes(state),
      ...visible.map((line, row): Primitive => ({
        ...{ kind: 'text', x: LINES.x, y: LINES.y + LINE * (row + 0.5), text: line, size: 14 },
        ...{ color: palette.text, width: LINES.width, align: 'left', cell: CELL },
      })),
    ],
    hits: [
      ...visible.flatMap((line, row) => placesOf(line, editorTop + row, LINES.y + row * LINE)),
      ...belowLast(state, visible.length),
      { area: button, action: { kind: 'run' } },
      ...tabs.map((tab) => ({
        area: { x: tab.x, y: 46, width: 74, height: 28 },
        action: { kind: 'language', language: tab.language } as const,
      })),
    ],
  };
}

/** Every character of a line can be pressed; what lies behind the last is the line's end. */
function placesOf(line: string, index: number, y: number): Part['hits'] {
  let x = LINES.x;
  let column = 0;
  const places: Part['hits'][number][] = [];
  const add = (width: number) =>
    places.push({ area: { x, y, width, height: LINE }, action: { kind: 'place', place: { line: index, column } } });
  for (const character of line) {
    const width = (isWide(character) ? 2 : 1) * CELL;
    add(width);
    x += width;
    column += character.length;
  }
  add(Math.max(0, LINES.x + LINES.width - x));
  return places;
}

function belowLast({ editor, editorTop }: WorkbenchState, lines: number): Part['hits'] {
  const y = LINES.y + lines * LINE;
  const end: TextPlace = { line: editorTop + lines - 1, column: (editor.lines.at(-1) ?? '').length };
  return [{ area: { ...LINES, y, height: LINES.y + LINES.height - y }, action: { kind: 'place', place: end } }];
}

function selectionBoxes({ editor, editorTop }: WorkbenchState): Primitive[] {
  const [first, last] = selection(editor);
  const boxes: Primitive[] = [];
  for (
    let line = Math.max(first.line, editorTop);
    line <= Math.min(last.line, editorTop + visibleLines - 1);
    line += 1
  ) {
    const text = editor.lines[line] ?? '';
    const from = cellsOf(text.slice(0, line === first.line ? first.column : 0)) * CELL;
    const to = cellsOf(text.slice(0, line === last.line ? last.column : text.length)) * CELL;
    if (to > from)
      boxes.push(
        box(
          { x: LINES.x + from, y: LINES.y + (line - editorTop) * LINE, width: to - from, height: LINE },
          palette.chosen,
        ),
      );
  }
  return boxes;
}

function resultPart({ widgets, view, resultTop, words }: WorkbenchState): Part {
  const views = [
    { view: 'table', text: words.table, x: 340 },
    { view: 'chart', text: words.chart, x: 420 },
    { view: 'notes', text: words.notes, x: 500 },
  ] as const;
  const area: Bounds = { x: 252, y: RESULT.y + 42, width: 716, height: 300 };
  return {
    primitives: [
      heading(RESULT, words.results),
      ...views.flatMap((tab) =>
        tabOf({ x: tab.x, y: RESULT.y + 6, width: 74, height: 28 }, tab.text, tab.view === view),
      ),
      ...widgetsIn(area, { widgets, view, resultTop, words }),
    ],
    hits: views.map((tab) => ({
      area: { x: tab.x, y: RESULT.y + 6, width: 74, height: 28 },
      action: { kind: 'view', view: tab.view },
    })),
  };
}

function widgetsIn(
  area: Bounds,
  { widgets, view, resultTop, words }: Pick<WorkbenchState, 'widgets' | 'view' | 'resultTop' | 'words'>,
): readonly Primitive[] {
  const table = widgets.find((widget) => widget.kind === 'table');
  const chart = widgets.find((widget) => widget.kind === 'chart');
  const scalars = widgets.flatMap((widget) =>
    widget.kind === 'scalar' ? [`${widget.title}: ${widget.value}`] : widget.kind === 'note' ? [widget.title] : [],
  );
  if (view === 'chart' && chart !== undefined) return drawChart(chart, area);
  if (view === 'table' && table !== undefined) {
    const last = Math.min(resultTop + visibleRows, table.rows.length);
    const count = `${resultTop + 1}–${last} / ${table.rows.length} ${words.rows}`;
    return [
      ...drawTable(table, area, resultTop),
      label({ x: 590, y: RESULT.y + 20, width: 378 }, `${table.title}   ${count}`, { color: palette.quiet }),
    ];
  }
  const texts = scalars.length > 0 ? scalars : [words.none];
  return texts.map((text, row) => label({ x: area.x + 8, y: area.y + 14 + row * 24, width: area.width - 16 }, text));
}

function jobPart({ jobs, chosenJob, words }: WorkbenchState): Part {
  const shown = jobs.slice(0, 14);
  const at = (row: number): Bounds => ({ x: JOBS.x + 8, y: JOBS.y + 40 + row * 46, width: 284, height: 44 });
  return {
    primitives: [
      heading(JOBS, words.jobs),
      ...shown.flatMap((job, row): Primitive[] => {
        const area = at(row);
        const second = [job.status, job.cost].filter((text) => text !== null).join(' · ');
        return [
          ...(job.id === chosenJob ? [box(area, palette.chosen)] : []),
          label({ x: area.x + 8, y: area.y + 13, width: 268 }, job.title),
          label({ x: area.x + 8, y: area.y + 32, width: 190 }, second, { size: 12, color: palette.quiet }),
          ...(job.running
            ? [
                label({ x: area.x + 210, y: area.y + 32, width: 66 }, `× ${words.cancel}`, {
                  size: 12,
                  color: palette.warning,
                }),
              ]
            : []),
        ];
      }),
    ],
    hits: shown.flatMap((job, row): Part['hits'] => [
      { area: at(row), action: { kind: 'job', job: job.id } },
      ...(job.running
        ? [
            {
              area: { ...at(row), x: JOBS.x + 216, y: at(row).y + 22, width: 76, height: 22 },
              action: { kind: 'cancel', job: job.id } as const,
            },
          ]
        : []),
    ]),
  };
}

function heading({ x, y, width }: Bounds, text: string): Primitive {
  return label({ x: x + 16, y: y + 20, width: Math.min(width - 32, 90) }, text, { size: 15, color: palette.quiet });
}

function tabOf(area: Bounds, text: string, chosen: boolean): Primitive[] {
  const words = label({ x: area.x + 10, y: area.y + 14, width: area.width - 12 }, text);
  return chosen ? [box(area, palette.chosen), words] : [words];
}

function box({ x, y, width, height }: Bounds, fill: string): Primitive {
  return { kind: 'box', x, y, width, height, fill };
}

function label(
  { x, y, width }: Pick<Bounds, 'x' | 'y' | 'width'>,
  text: string,
  { size = 13, color = palette.text }: { readonly size?: number; readonly color?: string } = {},
): Primitive {
  return { kind: 'text', x, y, text, size, color, width, align: 'left' };
}

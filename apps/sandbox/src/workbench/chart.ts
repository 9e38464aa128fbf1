import type { Bounds, Primitive } from '../pixel-source/primitives.js';
import { palette } from './palette.js';
import type { Widget, WidgetSeries } from './widgets.js';

type Chart = Extract<Widget, { kind: 'chart' }>;
interface Range {
  readonly low: number;
  readonly high: number;
}

const MARGIN = { left: 64, right: 16, top: 34, bottom: 30 } as const;
const TICKS = 4;

/** A chart in an area: axes with their ends and three steps between, lines or bars, a legend of the series. */
export function drawChart(chart: Chart, area: Bounds): readonly Primitive[] {
  const points = chart.series.flatMap((series) => series.points);
  const xs = rangeOf(points.map(([x]) => x));
  const zero = chart.shape === 'bar' ? [0] : [];
  const ys = rangeOf([...points.map(([, y]) => y), ...zero]);
  const plot = {
    x: area.x + MARGIN.left,
    y: area.y + MARGIN.top,
    width: area.width - MARGIN.left - MARGIN.right,
    height: area.height - MARGIN.top - MARGIN.bottom,
  };
  const at = ([x, y]: readonly [number, number]): readonly [number, number] => [
    plot.x + share(x, xs) * plot.width,
    plot.y + (1 - share(y, ys)) * plot.height,
  ];
  const drawn = chart.series.flatMap((series, turn) =>
    chart.shape === 'line' ? lines(series, turn, at) : bars(series, { turn, of: chart.series.length }, at, plot),
  );
  return [...axes(plot, xs, ys), ...drawn, ...legend(chart.series, area)];
}

function axes(plot: Bounds, xs: Range, ys: Range): Primitive[] {
  const steps = Array.from({ length: TICKS + 1 }, (_, step) => step / TICKS);
  const label = (text: string, x: number, y: number): Primitive => ({
    ...{ kind: 'text', x, y, text, size: 12, color: palette.quiet, width: 56, align: 'right' },
  });
  return steps.flatMap((step): Primitive[] => {
    const y = plot.y + (1 - step) * plot.height;
    const x = plot.x + step * plot.width;
    return [
      {
        kind: 'line',
        points: [
          [plot.x, y],
          [plot.x + plot.width, y],
        ],
        color: palette.line,
        width: 1,
      },
      label(figure(ys.low + step * (ys.high - ys.low)), plot.x - 6, y),
      label(figure(xs.low + step * (xs.high - xs.low)), x + 12, plot.y + plot.height + 14),
    ];
  });
}

function lines(
  { points }: WidgetSeries,
  turn: number,
  at: (point: readonly [number, number]) => readonly [number, number],
): Primitive[] {
  return points.length === 0 ? [] : [{ kind: 'line', points: points.map(at), color: colorOf(turn), width: 2 }];
}

function bars(
  { points }: WidgetSeries,
  { turn, of }: { readonly turn: number; readonly of: number },
  at: (point: readonly [number, number]) => readonly [number, number],
  plot: Bounds,
): Primitive[] {
  const slot = plot.width / Math.max(1, points.length * of);
  const foot = at([points[0]?.[0] ?? 0, 0])[1];
  return points.map((point, index): Primitive => {
    const top = at(point)[1];
    const x = plot.x + (index * of + turn) * slot + 1;
    return {
      kind: 'box',
      x,
      y: Math.min(top, foot),
      width: Math.max(1, slot - 2),
      height: Math.abs(foot - top),
      fill: colorOf(turn),
    };
  });
}

function legend(series: readonly WidgetSeries[], area: Bounds): Primitive[] {
  return series.flatMap(({ name }, turn): Primitive[] => {
    const x = area.x + MARGIN.left + turn * 150;
    return [
      { kind: 'box', x, y: area.y + 12, width: 12, height: 12, fill: colorOf(turn) },
      { kind: 'text', x: x + 18, y: area.y + 18, text: name, size: 12, color: palette.text, width: 126, align: 'left' },
    ];
  });
}

function colorOf(turn: number): string {
  return palette.series[turn % palette.series.length] ?? palette.text;
}

function rangeOf(values: readonly number[]): Range {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  return low === high ? { low: low - 1, high: high + 1 } : { low, high };
}

function share(value: number, { low, high }: Range): number {
  return (value - low) / (high - low);
}

/** Of an axis: three digits say enough. */
function figure(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

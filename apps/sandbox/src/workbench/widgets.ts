/**
 * What a job may put on the screen. A job says what it found in these words; how it looks is ours. Values come out of the
 * disclosure gate, so nothing here rounds or hides anything.
 */
export type Widget =
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly WidgetColumn[];
      readonly rows: readonly (readonly (string | null)[])[];
    }
  | {
      readonly kind: 'chart';
      readonly title: string;
      readonly shape: 'line' | 'bar';
      readonly series: readonly WidgetSeries[];
    }
  | { readonly kind: 'scalar'; readonly title: string; readonly value: string }
  | { readonly kind: 'note'; readonly title: string };

export interface WidgetColumn {
  readonly name: string;
  readonly numeric: boolean;
}

export interface WidgetSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** More than this is no result to look at, and would make of a table a channel. */
export const widgetLimits = { widgets: 12, columns: 16, rows: 500, series: 6, points: 200, letters: 120 } as const;

/** Cuts widgets down to their limits: what a job says is never trusted to be small. */
export function boundedWidgets(widgets: readonly Widget[]): readonly Widget[] {
  return widgets.slice(0, widgetLimits.widgets).map((widget): Widget => {
    const title = short(widget.title);
    if (widget.kind === 'table') {
      const columns = widget.columns
        .slice(0, widgetLimits.columns)
        .map(({ name, numeric }) => ({ name: short(name), numeric }));
      const rows = widget.rows.slice(0, widgetLimits.rows).map((row) => columns.map((_, column) => shown(row[column])));
      return { ...widget, title, columns, rows };
    }
    if (widget.kind === 'chart') {
      const series = widget.series.slice(0, widgetLimits.series).map(({ name, points }) => ({
        name: short(name),
        points: points.filter(isFinitePoint).slice(0, widgetLimits.points),
      }));
      return { ...widget, title, series };
    }
    return widget.kind === 'scalar' ? { ...widget, title, value: short(widget.value) } : { ...widget, title };
  });
}

function shown(value: string | null | undefined): string | null {
  return value === undefined || value === null ? null : short(value);
}

function isFinitePoint([x, y]: readonly [number, number]): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** One line, of letters that can be seen: what hides in invisible characters is no text. */
function short(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '');
  return [...visible].slice(0, widgetLimits.letters).join('');
}

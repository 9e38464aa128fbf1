/** One measured figure. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: string;
  readonly baselineValue?: number;
  readonly conditions: string;
  readonly goal?: string;
}

/** Prints a table a person can read. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  console.log(`\n${title}\n\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
}

/** Prints one JSON line a figure. */
export function figures(all: readonly Figure[]): void {
  console.log('');
  for (const { figure, value, unit, baseline, baselineValue, conditions, goal } of all) {
    const compared =
      baseline === undefined || baselineValue === undefined
        ? {}
        : { baseline, baseline_value: rounded(baselineValue), ratio: rounded(value / baselineValue) };
    const line = { bench: 'contracts', figure, value: rounded(value), unit, ...compared, conditions };
    console.log(JSON.stringify(goal === undefined ? line : { ...line, goal }));
  }
}

/** The value below which this part of all values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const ms = (value: number): string => value.toFixed(1);
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** Does a task so many times, so many of them at a time; stops beginning new ones when the time is up. */
export async function inParallel(
  tasks: { readonly count: number; readonly parallel: number; readonly withinMs: number },
  work: (number: number) => Promise<void>,
): Promise<{ readonly done: number; readonly wallMs: number; readonly each: readonly number[] }> {
  const each: number[] = [];
  const begunAt = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < tasks.count && performance.now() - begunAt < tasks.withinMs) {
      const number = next;
      next += 1;
      const at = performance.now();
      await work(number);
      each.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: tasks.parallel }, lane));
  return { done: each.length, wallMs: performance.now() - begunAt, each };
}

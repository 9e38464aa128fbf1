/** One figure of learning. */
export interface LearningLine {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly met?: boolean;
  readonly conditions: string;
  readonly baseline?: string;
  readonly baselineValue?: number;
}

/** A table a person can read, then one JSON line a figure. */
export function printLearning(lines: readonly LearningLine[], machine: string, title = 'Learning with privacy'): void {
  const row = (cells: readonly string[]): void =>
    console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(14))).join(''));
  console.log(`\n${title}\n`);
  row(['figure', 'value', 'unit', 'goal', 'met', 'baseline']);
  for (const { figure, value, unit, goal = '–', met, baselineValue } of lines) {
    const kept = met === undefined ? '–' : met ? 'yes' : 'NO';
    row([figure, shown(value), unit, goal, kept, baselineValue === undefined ? '–' : shown(baselineValue)]);
  }
  console.log('');
  for (const { figure, value, unit, goal, conditions, baseline, baselineValue } of lines) {
    const compared =
      baseline === undefined || baselineValue === undefined
        ? {}
        : { baseline, baseline_value: short(baselineValue), ratio: short(value / baselineValue) };
    const line = { bench: 'sandbox', figure, value: short(value), unit, ...(goal === undefined ? {} : { goal }) };
    console.log(JSON.stringify({ ...line, ...compared, conditions: `${conditions}; ${machine}` }));
  }
}

function short(value: number): number {
  return Number(value.toPrecision(5));
}

function shown(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return value.toLocaleString('en', {
    maximumFractionDigits: Math.abs(value) < 10 ? 4 : Math.abs(value) < 1000 ? 1 : 0,
  });
}

import { availableParallelism } from 'node:os';

/** Prints a row of the table for a person. */
export function printRow(cells: readonly string[]): void {
  console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(32) : cell.padStart(12))).join(''));
}

export function printFigure(figure: Readonly<Record<string, string | number>>): void {
  console.log(JSON.stringify({ bench: 'catalog', ...figure }));
}

export function conditions(what: string): string {
  return `${what}; ${availableParallelism()} cores for client, service and server together`;
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

import type { Spent } from './world.js';

/** What reconciling came to: how long, and whether it told the truth. */
export interface ReconcileFigures {
  readonly lines: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly fileMiB: number;
  /** What the heap holds of the file once it is read. */
  readonly heldMiB: number;
  /** The file read, a piece at a time. */
  readonly readFile: Spent;
  /** Its lines checked, kept, and each booked in the ledger, 1,000 a transaction. */
  readonly keep: Spent;
  readonly load: Spent;
  readonly decide: Spent;
  readonly write: Spent;
  /** Of reconciling alone: load, decide, write. */
  readonly totalMs: number;
  /** Automatic matches that are what was planted, of all automatic matches. */
  readonly precision: number;
  /** Planted matches that were found, of all planted ones. */
  readonly recall: number;
  /** Planted exceptions that were left to a person, of all of them. */
  readonly exceptionsFound: number;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

export function printReconcile(figures: ReconcileFigures): void {
  const { lines, counts, fileMiB, heldMiB, readFile, keep, load, decide, write, totalMs } = figures;
  const mix = Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  const perSecond = ({ wallMs }: Spent): string => `${Math.round((lines * 1_000) / wallMs)} lines/s`;
  process.stdout.write(
    `\nBank file of ${lines} entries, ${fileMiB.toFixed(1)} MiB: read (its payments take ${heldMiB.toFixed(0)} MiB of heap), checked, kept and booked\n` +
      partOf('read', readFile, perSecond(readFile)) +
      partOf('keep', keep, perSecond(keep)) +
      `Reconcile ${lines} bank lines (${mix}): ${seconds(totalMs)}, target 10 s\n` +
      partOf('load', load) +
      partOf('decide', decide) +
      partOf('write', write) +
      `  precision ${figures.precision.toFixed(4)}, recall ${figures.recall.toFixed(4)}, planted exceptions found ${figures.exceptionsFound.toFixed(4)}\n`,
  );
  process.stdout.write(`${JSON.stringify({ figure: 'settlement.reconcile', ...figures })}\n`);
}

function partOf(name: string, { wallMs, clientMs, serverMs }: Spent, rate = ''): string {
  const server = serverMs === null ? '-' : seconds(serverMs);
  return `  ${name.padEnd(7)} ${seconds(wallMs).padStart(9)} wall ${seconds(clientMs).padStart(9)} client CPU ${server.padStart(9)} server CPU  ${rate}\n`;
}

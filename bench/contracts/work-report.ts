import { figures, table } from './report.js';
import type { Work } from './work-counter.js';

const WHAT = [
  ['statements', 'SQL statements'],
  ['commits', 'of them commits'],
  ['sent', 'HTTP requests sent'],
  ['cpuMs', 'CPU of the process, ms'],
] as const;

/** Prints what one negotiation costs each side: counted, so the same on a loaded machine (but for the CPU time). */
export function reportWork(before: readonly [Work, Work], after: readonly [Work, Work], negotiations: number): void {
  const each = (name: (typeof WHAT)[number][0], side: 0 | 1) => (after[side][name] - before[side][name]) / negotiations;
  table(
    'Contracts: what one negotiation costs',
    ['per negotiation', 'provider', 'consumer'],
    WHAT.map(([name, what]) => [what, each(name, 0).toFixed(1), each(name, 1).toFixed(1)]),
  );
  const conditions = `mean of ${negotiations} negotiations, both sides together, warm-up included`;
  figures(
    WHAT.map(([name, what]) => {
      const unit = name === 'cpuMs' ? 'ms' : '1';
      return { figure: `${what} per negotiation`, value: each(name, 0) + each(name, 1), unit, conditions };
    }),
  );
}

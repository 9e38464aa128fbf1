import type { Finding } from '../engine/finding.js';
import type { Requirement } from '../engine/rule-set.js';

/** The events between handing in and a decision; clocks that start otherwise run before, after, or for somebody else. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['submitted', 'completeness_passed', 'accepted']);

/** How long authorities may take by statute, in working days, counted from handing in. */
export interface TimeToClear {
  /** Least that must be reckoned with: the longest of the procedures, since they run beside each other. */
  readonly workingDays: number;
  /** True when a statute lets the authority take longer. */
  readonly extendable: boolean;
  /** Ids of the procedures for which no statute names a limit: they may take any time. */
  readonly unlimited: readonly string[];
}

/** Adds up the statutory limits of a finding: those of one procedure follow each other, procedures run in parallel. */
export function timeToClear(finding: Pick<Finding, 'requirement' | 'further' | 'alternatives'>): TimeToClear {
  const alternatives = new Set(finding.alternatives.map(({ id }) => id));
  const beside = finding.further.filter(({ id, documents }) => !alternatives.has(id) && documents.length > 0);
  const procedures = [...(finding.requirement === null ? [] : [finding.requirement]), ...beside];
  const times = procedures.map(timeOf);
  return {
    workingDays: Math.max(0, ...times.map(({ days }) => days)),
    extendable: times.some(({ extendable }) => extendable),
    unlimited: times.filter(({ limited }) => !limited).map(({ id }) => id),
  };
}

function timeOf({ id, clocks }: Requirement): { id: string; days: number; extendable: boolean; limited: boolean } {
  const counted = clocks.filter(
    ({ by, unit, direction, from }) =>
      by === 'authority' && unit === 'working_day' && direction === 'forward' && ON_THE_WAY.has(from),
  );
  return {
    id,
    days: counted.reduce((sum, { count }) => sum + count, 0),
    extendable: counted.some(({ extendableBy }) => extendableBy !== undefined),
    limited: counted.length > 0,
  };
}

import type { UsageSender } from '../entitlement/entitlement.js';
import type { Outcome } from './outcome.js';
import type { UsageEvent } from './usage-event.js';

/** Where a pack of events stands in a log. */
export interface LogPlace {
  readonly partition: number;
  readonly offset: bigint;
}

/** The events of one request or one pack: read, but not yet compared with what was counted before. */
export interface Submission {
  readonly batchId: string;
  readonly sender: UsageSender;
  readonly receivedAt: Date;
  /** How many events could not be read; they are rejected already. */
  readonly unreadable: number;
  readonly events: readonly UsageEvent[];
  /** Set when it came through a log. */
  readonly place?: LogPlace;
}

/** How a submission ended: the completeness equation is received = accepted + duplicates + conflicts + rejected. */
export interface BatchCounts {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
}

/** What became of the readable events of a submission, in their order, and its sums. */
export interface Counted {
  readonly outcomes: readonly Outcome[];
  readonly counts: BatchCounts;
}

/** Sums up what became of a submission's events. */
export function countOutcomes(outcomes: readonly Outcome[], unreadable: number): BatchCounts {
  const counts = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return {
    received: outcomes.length + unreadable,
    accepted: counts.accepted,
    duplicates: counts.duplicate,
    conflicts: counts.conflict,
    rejected: counts.rejected + unreadable,
  };
}

import type { Tx } from '@hetao/persistence';
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
  /** ms since 1970. */
  readonly receivedAtMs: number;
  /** How many events could not be read; they are rejected already. */
  readonly unreadable: number;
  readonly events: readonly UsageEvent[];
  /** Set when it came through a log. */
  readonly place?: LogPlace;
  /** Whatever must become durable together with the counting. It may run again, when its transaction was void. */
  readonly together?: (tx: Tx, counted: Counted) => Promise<void>;
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

/** What is told about one event. `received`: durable in the log, not counted yet. */
export type ItemOutcome =
  | { readonly status: 'accepted' | 'duplicate' | 'received' }
  | { readonly status: 'conflict' | 'rejected'; readonly error: ItemFault };

/** Why an event was not counted, and how to mend it. */
export interface ItemFault {
  readonly code: string;
  readonly detail: string;
  readonly fix: string;
  readonly pointer?: string;
}

/** What is told about a submission: outcomes of its readable events in their order. */
export interface Receipt {
  readonly outcomes: readonly ItemOutcome[];
  readonly counts: BatchCounts;
}

/** As a receipt, where some events may be durable in the log and not counted yet: `received` includes them. */
export interface IntakeReceipt extends Receipt {
  readonly pending: number;
}

/** Puts the receipts of a submission's parts together, in their order. */
export function joinReceipts(parts: readonly IntakeReceipt[]): IntakeReceipt {
  const sum = (read: (part: IntakeReceipt) => number): number => parts.reduce((total, part) => total + read(part), 0);
  return {
    outcomes: parts.flatMap((part) => part.outcomes),
    pending: sum((part) => part.pending),
    counts: {
      received: sum(({ counts }) => counts.received),
      accepted: sum(({ counts }) => counts.accepted),
      duplicates: sum(({ counts }) => counts.duplicates),
      conflicts: sum(({ counts }) => counts.conflicts),
      rejected: sum(({ counts }) => counts.rejected),
    },
  };
}

/** Of events that are durable in the log, and not counted yet. */
export function pendingReceipt(events: number, unreadable: number): IntakeReceipt {
  return {
    outcomes: Array.from({ length: events }, () => ({ status: 'received' })),
    pending: events,
    counts: { received: events + unreadable, accepted: 0, duplicates: 0, conflicts: 0, rejected: unreadable },
  };
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

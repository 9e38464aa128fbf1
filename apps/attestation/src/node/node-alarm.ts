import type { Checkpoint, LogAlarm } from '@hetao/proofs';

export type NodeAlarmKind = LogAlarm | 'sighting_untrusted';

/** A contradiction that was seen, with what proves it. */
export interface NodeAlarm {
  readonly id: string;
  /** The log that contradicts itself. */
  readonly origin: string;
  readonly alarm: NodeAlarmKind;
  readonly detail: string;
  /** The signed notes that do not fit together, for anybody to check. */
  readonly evidence: { readonly seen: string | null; readonly shown: string };
  readonly raisedAt: Date;
  readonly acknowledgedAt: Date | null;
}

/** A checkpoint of the other node that was believed, with our signature under it. */
export interface SeenCheckpoint extends Checkpoint {
  readonly note: string;
}

/** What the last look at a log came to. */
export interface PeerLook {
  readonly origin: string;
  readonly at: Date;
  /** Leaves it signed for; absent when nothing was believed. */
  readonly shownSize?: number;
  /** Why it could not be looked at. */
  readonly failure?: string;
}

/** How things stand with a node that is watched. */
export interface PeerStatus {
  readonly origin: string;
  readonly lastCheckpoint: { readonly size: number; readonly root: string; readonly seenAt: Date } | null;
  readonly lookedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly failure: string | null;
  readonly failingSince: Date | null;
  /** Our own log: its size, and the size that the peer last signed for. */
  readonly ownSize: number;
  readonly witnessedSize: number | null;
  /** Alarms about either log that nobody has explained yet. */
  readonly openAlarms: number;
}

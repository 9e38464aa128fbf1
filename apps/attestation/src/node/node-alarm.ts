import type { Checkpoint } from '@hetao/proofs';

/** A contradiction that was seen, with what proves it. */
export interface NodeAlarm {
  readonly id: string;
  /** The log that contradicts itself. */
  readonly origin: string;
  readonly alarm: string;
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

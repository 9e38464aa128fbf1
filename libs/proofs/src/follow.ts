import { openCheckpoint, type Checkpoint, type OpenedCheckpoint, type Trust } from './checkpoint.js';
import { verifyConsistency } from './merkle.js';

/** What is wrong with a log: each is a reason to wake somebody. */
export type LogAlarm = 'checkpoint_untrusted' | 'wrong_log' | 'rolled_back' | 'fork';

/** What a look at a log found. */
export type LogSighting =
  | { readonly state: 'first' | 'unchanged' | 'grown'; readonly checkpoint: OpenedCheckpoint }
  | {
      readonly state: 'alarm';
      readonly alarm: LogAlarm;
      readonly detail: string;
      readonly checkpoint?: OpenedCheckpoint;
    };

/** What a follower knows and was shown. */
export interface LogLook {
  readonly trust: Trust;
  /** The last checkpoint that was believed; absent at the first look. */
  readonly seen?: Checkpoint | undefined;
  /** The checkpoint as published now. */
  readonly published: string;
  /** Asks the log for the consistency proof between two sizes. */
  readonly proof: (from: number, to: number) => Promise<readonly string[]>;
}

/**
 * Whether a log still is the one that was seen before: larger or equal, with the old tree inside the new one. Whoever
 * keeps looking (a monitor, a witness, the node across the border) notices a log that forks or goes back.
 *
 * @throws what `proof` throws when the log cannot be asked: no answer is no alarm.
 */
export async function lookAtLog({ trust, seen, published, proof }: LogLook): Promise<LogSighting> {
  const opened = await openCheckpoint(published, trust);
  if (!opened.ok) return { state: 'alarm', alarm: 'checkpoint_untrusted', detail: opened.error.detail };
  const checkpoint = opened.value;
  const alarm = (kind: LogAlarm, detail: string): LogSighting => ({ state: 'alarm', alarm: kind, detail, checkpoint });
  if (seen === undefined) return { state: 'first', checkpoint };
  if (checkpoint.origin !== seen.origin) {
    return alarm('wrong_log', `The log calls itself "${checkpoint.origin}", not "${seen.origin}".`);
  }
  if (checkpoint.size < seen.size) {
    return alarm('rolled_back', `The log had ${seen.size} leaves and now signs for ${checkpoint.size}.`);
  }
  if (checkpoint.size === seen.size) {
    if (checkpoint.root === seen.root) return { state: 'unchanged', checkpoint };
    return alarm('fork', `Two roots were signed for ${seen.size} leaves: ${seen.root} and ${checkpoint.root}.`);
  }
  // Every tree continues the one without leaves.
  if (seen.size === 0) return { state: 'grown', checkpoint };
  const path = await proof(seen.size, checkpoint.size);
  const claim = { from: seen.size, fromRoot: seen.root, to: checkpoint.size, toRoot: checkpoint.root, path };
  if (verifyConsistency(claim)) return { state: 'grown', checkpoint };
  return alarm('fork', `The ${checkpoint.size} leaves now signed for do not begin with the ${seen.size} seen before.`);
}

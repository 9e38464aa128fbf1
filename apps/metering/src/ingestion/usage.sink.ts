import type { Tx } from '@hetao/persistence';
import type { Side } from '../storage/rollup.js';
import type { UsageEvent } from './usage-event.js';

/** An event that was just accepted. */
export interface AcceptedUsage {
  readonly agreementNo: number;
  readonly agreementId: string;
  readonly side: Side;
  /** Whether this side's count is the one that is billed. */
  readonly isBilled: boolean;
  readonly event: UsageEvent;
}

/** Whatever else is kept of accepted usage, in the transaction that counts it. */
export interface UsageSink {
  /** Called once a transaction with all its accepted events; must touch the database a bounded number of times. */
  counted(tx: Tx, usage: readonly AcceptedUsage[]): Promise<void>;
}

/** Token of the list of sinks. */
export const USAGE_SINKS = Symbol('metering usage sinks');

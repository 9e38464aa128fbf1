import type { Tx } from '@hetao/persistence';
import type { Negotiation } from './negotiation.js';
import type { NegotiationMessage } from './negotiation-protocol.js';

/** Why there may be something to do: a message came, one of ours was taken, or both sides are here and one acted. */
export interface Cause {
  readonly event: 'received' | 'acknowledged' | 'done';
  readonly message: NegotiationMessage;
}

/** What this exchange does of itself, without anybody's hand. */
export interface Reaction {
  readonly command: 'agree' | 'verify' | 'finalize' | 'accept' | 'offer' | 'counter' | 'terminate';
  /** Sent not before so many ms; default at once, after the answer to the message that caused it. */
  readonly delayMs?: number;
  /** Of a termination. */
  readonly code?: string;
  readonly reason?: string;
}

/**
 * Decides what this exchange does of itself. The rules of business are one answer; a conformance run puts its scripts in
 * their place, and only the decision is another: the commands are the same.
 */
export abstract class NegotiationReactions {
  abstract after(tx: Tx, negotiation: Negotiation, cause: Cause): Promise<readonly Reaction[]>;
}

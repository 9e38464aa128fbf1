import type { Tx } from '@hetao/persistence';
import type { Negotiation } from './negotiation.js';
import type { NegotiationMessage } from './negotiation-protocol.js';

/**
 * Takes what one of our sides says to the peer: written down in the transaction that says it, delivered after it. The
 * negotiation knows no wire, and the wire decides nothing.
 */
export abstract class NegotiationPost {
  /** The message this side just said; the negotiation has what it says. */
  abstract send(tx: Tx, negotiation: Negotiation, message: NegotiationMessage, delayMs: number): Promise<void>;
  /** The peer's next word shows that ours arrived: what follows from that happens now, in this transaction. */
  abstract settle(tx: Tx, negotiation: Negotiation): Promise<void>;
  /** The peer's word has overtaken what of ours is under way: it is not sent any more. */
  abstract cancel(tx: Tx, negotiation: Negotiation): Promise<void>;
  /** A negotiation with a peer reached its last state. */
  abstract close(tx: Tx, negotiation: Negotiation): Promise<void>;
}

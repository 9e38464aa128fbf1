import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { mayReceive, receive, type Negotiation, type NegotiationOutcome } from '../../negotiation/negotiation.js';
import { NegotiationJournal } from '../../negotiation/negotiation.journal.js';
import type { NegotiationMessage } from '../../negotiation/negotiation-protocol.js';
import { NegotiationSteward } from '../../negotiation/negotiation-steward.use-cases.js';
import type { ReadMessage } from './negotiation-reading.js';
import { PeerMessages } from './peer-messages.js';

/** Takes the message of a peer in, and does of itself what follows from it: all in one transaction. */
@Injectable()
export class NegotiationHearing {
  readonly #journal: NegotiationJournal;
  readonly #steward: NegotiationSteward;
  readonly #messages: PeerMessages;

  constructor(journal: NegotiationJournal, steward: NegotiationSteward, messages: PeerMessages) {
    this.#journal = journal;
    this.#steward = steward;
    this.#messages = messages;
  }

  now(): Date {
    return this.#journal.now();
  }

  /** @returns the negotiation as the peer is answered: after its message, before anything of ours is acknowledged. */
  async hear(tx: Tx, before: Negotiation, read: ReadMessage): Promise<Result<Negotiation, DomainError>> {
    const { message } = read;
    const at = this.now();
    const current = await this.#journal.makeWay(tx, before, message);
    // State before content: whoever speaks out of turn is told so, whatever he says.
    const hasPlace = mayReceive(current, message);
    if (!hasPlace.ok) return hasPlace;
    const act = await this.#messages.actOf(tx, current, read, at);
    if (!act.ok) return act;
    const outcome = receive(current, act.value, at);
    if (!outcome.ok) return outcome;
    await this.#journal.record(tx, current, outcome.value);
    const { negotiation } = outcome.value;
    await this.#messages.keep(tx, negotiation, read, at);
    await this.#steward.follow(tx, negotiation, { event: 'received', message });
    return ok(negotiation);
  }

  /** A negotiation the peer opens. @returns false when it is there already. */
  async open(tx: Tx, outcome: NegotiationOutcome, message: NegotiationMessage): Promise<boolean> {
    if (!(await this.#journal.open(tx, outcome))) return false;
    await this.#steward.follow(tx, outcome.negotiation, { event: 'received', message });
    return true;
  }
}

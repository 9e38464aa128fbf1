import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { LOGGER } from '@hetao/runtime';
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
  readonly #logger: Logger;

  constructor(
    journal: NegotiationJournal,
    steward: NegotiationSteward,
    messages: PeerMessages,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#journal = journal;
    this.#steward = steward;
    this.#messages = messages;
    this.#logger = logger;
  }

  now(): Date {
    return this.#journal.now();
  }

  /** @returns the negotiation as the peer is answered: after its message, before anything of ours is acknowledged. */
  async hear(tx: Tx, before: Negotiation, read: ReadMessage): Promise<Result<Negotiation, DomainError>> {
    const heard = await this.#hear(tx, before, read);
    const { id, providerPid, consumerPid, peer, state } = before;
    const { message, messageId } = read;
    const line = { negotiation: id, providerPid, consumerPid, peer: peer?.peerId, message, messageId, from: state };
    if (heard.ok) this.#logger.debug({ ...line, to: heard.value.state }, 'A peer’s message was taken');
    else
      this.#logger.info({ ...line, code: heard.error.code, why: heard.error.detail }, 'A peer’s message was refused');
    return heard;
  }

  async #hear(tx: Tx, before: Negotiation, read: ReadMessage): Promise<Result<Negotiation, DomainError>> {
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

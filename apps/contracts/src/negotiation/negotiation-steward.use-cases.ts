import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DomainError, Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { LOGGER } from '@hetao/runtime';
import { NegotiationConduct } from './negotiation-conduct.use-cases.js';
import { ourSide, type Consent, type Negotiation, type NegotiationEnd } from './negotiation.js';
import { NegotiationReactions, type Cause, type Reaction } from './negotiation.reactions.js';
import { NegotiationSettingsRepository } from './negotiation-settings.repository.js';

/** Does of itself what follows from a message, in the transaction in which it came. */
@Injectable()
export class NegotiationSteward {
  readonly #reactions: NegotiationReactions;
  readonly #conduct: NegotiationConduct;
  readonly #settings: NegotiationSettingsRepository;
  readonly #logger: Logger;

  constructor(
    reactions: NegotiationReactions,
    conduct: NegotiationConduct,
    settings: NegotiationSettingsRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#reactions = reactions;
    this.#conduct = conduct;
    this.#settings = settings;
    this.#logger = logger;
  }

  /** @returns the negotiation after everything that happened of itself; a step that is not possible waits for a person. */
  async follow(tx: Tx, negotiation: Negotiation, cause: Cause): Promise<Negotiation> {
    let current = negotiation;
    for (const reaction of await this.#reactions.after(tx, current, cause)) {
      const done = await this.#do(tx, current, reaction);
      if (!done.ok) {
        const { code, detail } = done.error;
        this.#logger.info({ negotiation: current.id, command: reaction.command, code, detail }, 'Waits for a person');
        return current;
      }
      current = done.value;
    }
    return current;
  }

  async #do(tx: Tx, negotiation: Negotiation, reaction: Reaction): Promise<Result<Negotiation, DomainError>> {
    const { command, delayMs } = reaction;
    switch (command) {
      case 'agree':
        return this.#conduct.agree(tx, negotiation, await this.#inWhoseName(tx, negotiation), delayMs);
      case 'verify':
        return this.#conduct.verify(tx, negotiation, delayMs);
      case 'finalize':
        return this.#conduct.finalize(tx, negotiation, delayMs);
      case 'accept':
        return this.#conduct.accept(tx, negotiation, delayMs);
      case 'terminate':
        return this.#conduct.terminate(tx, negotiation, endOf(negotiation, reaction, this.#conduct.now()), delayMs);
      case 'offer':
      case 'counter':
        return this.#repeat(tx, negotiation, reaction);
    }
  }

  /** Puts what lies on the table back on it as our own offer. */
  #repeat(tx: Tx, negotiation: Negotiation, { command, delayMs }: Reaction): Promise<Result<Negotiation, DomainError>> {
    const side = command === 'offer' ? 'provider' : 'consumer';
    const { offer } = negotiation;
    const again = {
      ...offer,
      number: offer.number + 1,
      side,
      madeAt: this.#conduct.now(),
      madeBy: null,
      note: null,
    } as const;
    return this.#conduct.offer(tx, negotiation, again, delayMs);
  }

  async #inWhoseName(tx: Tx, { merchantId }: Negotiation): Promise<Omit<Consent, 'at'>> {
    const { setBy } = await this.#settings.of(tx, merchantId);
    return setBy ?? { subject: merchantId, organisationId: merchantId, displayName: merchantId };
  }
}

function endOf(negotiation: Negotiation, { code = 'TERMINATED', reason }: Reaction, at: Date): NegotiationEnd {
  return { at, side: ourSide(negotiation), code, reason: reason ?? null, by: null };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { OfferRepository } from '../offer/offer.repository.js';
import type { Negotiation } from './negotiation.js';
import { NegotiationReactions, type Cause, type Reaction } from './negotiation.reactions.js';
import { asksNoMore } from './negotiation-settings.js';
import { NegotiationSettingsRepository } from './negotiation-settings.repository.js';

/**
 * What happens of itself in business: agreeing where the merchant allowed it, verifying an agreement that says what was
 * offered, finalizing what was verified. Everything else waits for a person.
 */
@Injectable()
export class BusinessReactions extends NegotiationReactions {
  readonly #settings: NegotiationSettingsRepository;
  readonly #offers: OfferRepository;

  constructor(settings: NegotiationSettingsRepository, offers: OfferRepository) {
    super();
    this.#settings = settings;
    this.#offers = offers;
  }

  async after(tx: Tx, negotiation: Negotiation, { event, message }: Cause): Promise<readonly Reaction[]> {
    // What we said ourselves and the peer took: now it is the peer's turn.
    if (event === 'acknowledged') return [];
    switch (message) {
      case 'request':
      case 'accepted':
        return (await this.#mayAgree(tx, negotiation)) ? [{ command: 'agree' }] : [];
      case 'verification':
        return [{ command: 'finalize' }];
      case 'agreement':
        return (await this.#mayVerify(tx, negotiation)) ? [{ command: 'verify' }] : [];
      default:
        return [];
    }
  }

  async #mayAgree(tx: Tx, negotiation: Negotiation): Promise<boolean> {
    const { merchantId, offerId, state } = negotiation;
    if (negotiation.role === 'consumer' || offerId === null) return false;
    const { agreeAutomatically } = await this.#settings.of(tx, merchantId);
    if (!agreeAutomatically) return false;
    // His own offer, accepted as it was.
    if (state === 'ACCEPTED') return true;
    const published = await this.#offers.loadShared(tx, offerId);
    return published !== null && asksNoMore(negotiation, published);
  }

  async #mayVerify(tx: Tx, { role, buyerId }: Negotiation): Promise<boolean> {
    if (role !== 'consumer' || buyerId === null) return false;
    return (await this.#settings.of(tx, buyerId)).verifyAutomatically;
  }
}

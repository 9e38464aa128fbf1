import { Injectable } from '@nestjs/common';
import { err, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { requireOpen } from '../offer/offer.js';
import { NegotiatedAgreement } from './negotiated-agreement.use-cases.js';
import { negotiationErrors } from './negotiation.errors.js';
import { mayAct, type Consent, type Negotiation, type NegotiationEnd } from './negotiation.js';
import { NegotiationJournal } from './negotiation.journal.js';
import { termsOnTable, type OfferMade } from './negotiation-offer.js';
import type { Side } from './negotiation-protocol.js';
import { NegotiationRepository, type Deal } from './negotiation.repository.js';

type Done = Promise<Result<Negotiation, DomainError>>;

/**
 * What our sides can do in a negotiation, within a transaction that holds it. Whether a person says so, a setting or a
 * script, this is what happens.
 */
@Injectable()
export class NegotiationConduct {
  readonly #journal: NegotiationJournal;
  readonly #negotiations: NegotiationRepository;
  readonly #agreement: NegotiatedAgreement;

  constructor(journal: NegotiationJournal, negotiations: NegotiationRepository, agreement: NegotiatedAgreement) {
    this.#journal = journal;
    this.#negotiations = negotiations;
    this.#agreement = agreement;
  }

  now(): Date {
    return this.#journal.now();
  }

  /** The provider agrees to what lies on the table, which draws up the agreement. */
  async agree(tx: Tx, negotiation: Negotiation, person: Omit<Consent, 'at'>, delayMs = 0): Done {
    const { offerId, buyerId, offer } = negotiation;
    if (offerId === null || buyerId === null) {
      const detail = 'The agreement is the provider’s to send, and that is the peer.';
      return err(
        negotiationErrors.NEGOTIATION_WRONG_SIDE(detail, { meta: { message: 'agreement', side: 'consumer' } }),
      );
    }
    const deal = await this.#negotiations.loadDeal(tx, offerId, buyerId);
    if (!deal.ok) return deal;
    const at = this.#journal.now();
    const open = requireOpen(termsOnTable(deal.value.offer, offer), at);
    if (!open.ok) return open;
    // Asked before anything is written: a refusal of a reaction must leave nothing behind.
    const possible = mayAct(negotiation, 'agreement', 'provider');
    if (!possible.ok) return possible;
    const mayBind = await this.#agreement.mayBind(tx, negotiation, deal.value, 'merchant');
    if (!mayBind.ok) return mayBind;
    const { subject, organisationId, displayName } = person;
    const consent = { subject, organisationId, displayName, at };
    const { id: agreementId } = await this.#agreement.drawUp(tx, negotiation, deal.value, consent);
    return this.#journal.act(tx, negotiation, {
      side: 'provider',
      message: 'agreement',
      consent,
      agreementId,
      delayMs,
    });
  }

  /** The consumer takes the provider's offer; of one of ours, within the limits his organisation has set itself. */
  async accept(tx: Tx, negotiation: Negotiation, delayMs = 0): Done {
    const { offerId, buyerId } = negotiation;
    if (offerId !== null && buyerId !== null) {
      const deal = await this.#negotiations.loadDeal(tx, offerId, buyerId);
      if (!deal.ok) return deal;
      const mayBind = await this.#agreement.mayBind(tx, negotiation, deal.value, 'buyer');
      if (!mayBind.ok) return mayBind;
    }
    return this.#journal.act(tx, negotiation, { side: 'consumer', message: 'accepted', delayMs });
  }

  /** A side puts its own offer on the table. */
  offer(tx: Tx, negotiation: Negotiation, offer: OfferMade, delayMs = 0): Done {
    const message = offer.side === 'provider' ? 'offer' : 'request';
    return this.#journal.act(tx, negotiation, { side: offer.side, message, offer, delayMs });
  }

  /** The merchant offers: a binding word, so within the limits his organisation has set itself. */
  async offerAsMerchant(tx: Tx, negotiation: Negotiation, offer: OfferMade, deal: Deal): Done {
    const mayBind = await this.#agreement.mayBind(tx, { ...negotiation, offer }, deal, 'merchant');
    return mayBind.ok ? this.offer(tx, negotiation, offer) : mayBind;
  }

  /** The consumer confirms the agreement of a peer. */
  verify(tx: Tx, negotiation: Negotiation, delayMs = 0): Done {
    return this.#journal.act(tx, negotiation, { side: 'consumer', message: 'verification', delayMs });
  }

  /** The provider tells a peer that both have consented; the merchant's signature is what that says. */
  async finalize(tx: Tx, negotiation: Negotiation, delayMs = 0): Done {
    const finalized = await this.#journal.act(tx, negotiation, { side: 'provider', message: 'finalized', delayMs });
    if (!finalized.ok) return finalized;
    const { agreementId, consent } = finalized.value;
    if (agreementId !== null && consent !== null) {
      await this.#agreement.sign(tx, agreementId, 'merchant', consent);
    }
    return finalized;
  }

  /** A side of ours, or time, ends it. */
  terminate(tx: Tx, negotiation: Negotiation, end: NegotiationEnd, delayMs = 0): Done {
    const ours: Side = negotiation.role === 'consumer' ? 'consumer' : 'provider';
    const side = end.side === 'time' ? ours : end.side;
    return this.#journal.act(tx, negotiation, { side, message: 'termination', end, delayMs });
  }
}

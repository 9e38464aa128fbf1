import { Injectable } from '@nestjs/common';
import { err, newId, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { OdrlPolicy } from '@hetao/rules';
import type { IntendedUse } from '../policy/policy.js';
import { NegotiationConduct } from './negotiation-conduct.use-cases.js';
import { negotiationErrors } from './negotiation.errors.js';
import { isOver, type Counterpart, type Negotiation } from './negotiation.js';
import { NegotiationJournal } from './negotiation.journal.js';
import { PeerContacts } from './peer-contacts.queries.js';
import { askPeer, offerToPeer, permitUnder } from './negotiation-peer.js';
import type { WireOffer } from './negotiation-offer.js';
import { NegotiationRepository } from './negotiation.repository.js';
import type { Person } from './negotiation.use-cases.js';

/** A dataset of a peer somebody here wants, under an offer of the peer's. */
export interface Wish {
  readonly peer: Counterpart;
  /** The organisation here that the peer stands for. */
  readonly merchantId: string;
  readonly buyerId: string;
  readonly datasetId: string;
  readonly wire: WireOffer;
  /** Null where it is not for us to judge: a conformance run. */
  readonly use: IntendedUse | null;
}

/** Opens negotiations with peers: a buyer of ours asks, or a merchant of ours offers. */
@Injectable()
export class NegotiateWithPeer {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #journal: NegotiationJournal;
  /** Who can be negotiated with. */
  readonly contacts: PeerContacts;

  constructor(
    uow: UnitOfWork,
    negotiations: NegotiationRepository,
    journal: NegotiationJournal,
    contacts: PeerContacts,
  ) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#journal = journal;
    this.contacts = contacts;
  }

  ask(wish: Wish, by: Pick<Person, 'subject'>): Promise<Result<Negotiation, DomainError>> {
    return this.#uow.runResult<Negotiation, DomainError>(async (tx) => {
      const { merchantId, buyerId, use, wire } = wish;
      if (merchantId === buyerId) {
        return err(negotiationErrors.REQUEST_TO_ONESELF(`The peer stands for your own organisation ${buyerId}.`));
      }
      const parties = await this.#negotiations.parties(tx, merchantId, buyerId);
      if (!parties.ok) return parties;
      const permitted = use === null ? ok(null) : permitUnder(wire.rules, use, buyerId, this.#journal.now());
      if (!permitted.ok) return permitted;
      const opened = askPeer({ ...wish, id: newId('req'), by: by.subject }, this.#journal.now());
      await this.#journal.open(tx, opened);
      return ok(opened.negotiation);
    });
  }

  offer(
    offerId: string,
    to: { readonly peer: Counterpart; readonly organisationId: string },
    by: Person,
  ): Promise<Result<Negotiation, DomainError>> {
    return this.#uow.runResult<Negotiation, DomainError>(async (tx) => {
      const deal = await this.#negotiations.loadDeal(tx, offerId, to.organisationId);
      if (!deal.ok) return deal;
      const { offer, buyer } = deal.value;
      if (offer.merchantId !== by.organisationId) {
        return err(negotiationErrors.REQUEST_UNKNOWN(`Your organisation has no offer ${offerId}.`));
      }
      const input = { id: newId('req'), peer: to.peer, offer, buyer, by: by.subject };
      const opened = offerToPeer(input, this.#journal.now());
      if (!opened.ok) return opened;
      await this.#journal.open(tx, opened.value);
      return ok(opened.value.negotiation);
    });
  }
}

/** What the consumer here says to a peer that provides. */
export type PeerOrder =
  | { readonly command: 'accept'; readonly buyerId: string | null; readonly use: IntendedUse | null }
  | { readonly command: 'counter_offer'; readonly rules: OdrlPolicy; readonly note: string | null }
  | { readonly command: 'verify' }
  | { readonly command: 'withdraw'; readonly reason: string };

/** Who acts, and whether for every organisation. */
export type PeerActor = Person & { readonly personas: readonly string[] };

/** Goes on in a negotiation with a peer that provides: accept, ask for something else, verify, withdraw. */
@Injectable()
export class AnswerPeer {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #conduct: NegotiationConduct;

  constructor(uow: UnitOfWork, negotiations: NegotiationRepository, conduct: NegotiationConduct) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#conduct = conduct;
  }

  execute(id: string, order: PeerOrder, by: PeerActor): Promise<Result<Negotiation, DomainError>> {
    return this.#uow.runResult<Negotiation, DomainError>(async (tx) => {
      const before = await this.#negotiations.load(tx, id);
      const isTheirs = before?.buyerId === by.organisationId || by.personas.includes('operator');
      if (before?.role !== 'consumer' || !isTheirs) {
        return err(
          negotiationErrors.REQUEST_UNKNOWN(`There is no negotiation ${id} with a peer for you to ${order.command}.`),
        );
      }
      if (isDone(before, order.command)) return ok(before);
      return this.#do(tx, before, order, by);
    });
  }

  async #do(tx: Tx, before: Negotiation, order: PeerOrder, by: PeerActor): Promise<Result<Negotiation, DomainError>> {
    const at = this.#conduct.now();
    switch (order.command) {
      case 'accept':
        return this.#accept(tx, before, order);
      case 'counter_offer': {
        const { offer } = before;
        const wire = { id: offer.wire?.id ?? before.datasetId, rules: order.rules };
        const made = { ...offer, number: offer.number + 1, side: 'consumer', wire, note: order.note } as const;
        return this.#conduct.offer(tx, before, { ...made, madeAt: at, madeBy: by.subject });
      }
      case 'verify':
        return this.#conduct.verify(tx, before);
      case 'withdraw': {
        const end = { at, side: 'consumer', code: 'WITHDRAWN', reason: order.reason, by: by.subject } as const;
        return this.#conduct.terminate(tx, before, end);
      }
    }
  }

  /** What a peer offered unasked gets its buyer by being accepted. */
  async #accept(
    tx: Tx,
    before: Negotiation,
    order: { readonly buyerId: string | null; readonly use: IntendedUse | null },
  ): Promise<Result<Negotiation, DomainError>> {
    const { offer } = before;
    if (isOver(before, this.#conduct.now())) {
      return err(
        negotiationErrors.REQUEST_EXPIRED(`The offer could be accepted until ${offer.validUntil.toISOString()}.`),
      );
    }
    const buyerId = before.buyerId ?? order.buyerId;
    const use = offer.use ?? order.use;
    if (buyerId === null || use === null) {
      const detail = 'Nobody here has taken up this offer yet: it is accepted for a buyer, with a purpose and a place.';
      return err(negotiationErrors.NEGOTIATION_BUYER_MISSING(detail, { pointer: '/buyer_id' }));
    }
    const buyer = await this.#negotiations.party(tx, buyerId, 'buyer');
    if (!buyer.ok) return buyer;
    const permitted = permitUnder(offer.wire?.rules ?? {}, use, buyerId, this.#conduct.now());
    if (!permitted.ok) return permitted;
    return this.#conduct.accept(tx, { ...before, buyerId, offer: { ...offer, use } });
  }
}

function isDone({ state, pending, end }: Negotiation, command: PeerOrder['command']): boolean {
  switch (command) {
    case 'accept':
      return state === 'ACCEPTED' || pending === 'accepted';
    case 'verify':
      return state === 'VERIFIED' || state === 'FINALIZED' || pending === 'verification';
    case 'withdraw':
      return end?.side === 'consumer';
    case 'counter_offer':
      return false;
  }
}

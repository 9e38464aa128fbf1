import { Injectable } from '@nestjs/common';
import { err, newId, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { IntendedUse } from '../policy/policy.js';
import { NegotiationConduct } from './negotiation-conduct.use-cases.js';
import { negotiationErrors } from './negotiation.errors.js';
import { actsFor, isOver, type Consent, type Negotiation } from './negotiation.js';
import { NegotiationJournal } from './negotiation.journal.js';
import { endBy, requestAccess, standingOf, type RequestCommand } from './negotiation-market.js';
import { counterOffer, termsOnTable, type Counter } from './negotiation-offer.js';
import { wireOf } from './negotiation-peer.js';
import type { Side } from './negotiation-protocol.js';
import { NegotiationRepository } from './negotiation.repository.js';
import { NegotiationSteward } from './negotiation-steward.use-cases.js';

/** Who acts. */
export type Person = Omit<Consent, 'at'>;

/** Asks, for the caller's own organisation, for access under an offer. */
@Injectable()
export class RequestAccess {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #journal: NegotiationJournal;
  readonly #steward: NegotiationSteward;

  constructor(
    uow: UnitOfWork,
    negotiations: NegotiationRepository,
    journal: NegotiationJournal,
    steward: NegotiationSteward,
  ) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#journal = journal;
    this.#steward = steward;
  }

  execute(offerId: string, use: IntendedUse, by: Person): Promise<Result<Negotiation, DomainError>> {
    return this.#uow.runResult<Negotiation, DomainError>(async (tx) => {
      const deal = await this.#negotiations.loadDeal(tx, offerId, by.organisationId);
      if (!deal.ok) return deal;
      const { offer, buyer } = deal.value;
      const opened = requestAccess({ id: newId('req'), offer, buyer, use, by: by.subject }, this.#journal.now());
      if (!opened.ok) return opened;
      if (await this.#journal.open(tx, opened.value)) {
        return ok(await this.#steward.follow(tx, opened.value.negotiation, { event: 'done', message: 'request' }));
      }
      return err(
        negotiationErrors.REQUEST_ALREADY_OPEN(
          `Your organisation already asks for offer ${offerId} for "${use.purpose}" in ${use.placeOfUse}.`,
        ),
      );
    });
  }
}

/** What a party says to an open request. */
export type RequestOrder =
  | { readonly command: 'agree' | 'accept' }
  | { readonly command: 'counter_offer'; readonly counter: Counter }
  | { readonly command: 'decline'; readonly reason: string }
  | { readonly command: 'withdraw'; readonly reason: string | null };

/**
 * Answers in a negotiation about an offer of ours: the merchant agrees, which draws up the agreement, offers something
 * else or declines; the buyer accepts, asks for something else or withdraws. Of a peer's request, only the merchant's
 * part is done here.
 */
@Injectable()
export class AnswerRequest {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #conduct: NegotiationConduct;
  readonly #steward: NegotiationSteward;

  constructor(
    uow: UnitOfWork,
    negotiations: NegotiationRepository,
    conduct: NegotiationConduct,
    steward: NegotiationSteward,
  ) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#conduct = conduct;
    this.#steward = steward;
  }

  execute(id: string, order: RequestOrder, by: Person): Promise<Result<Negotiation, DomainError>> {
    return this.#uow.runResult<Negotiation, DomainError>(async (tx) => {
      const before = await this.#negotiations.load(tx, id);
      const side = before === null ? null : sideOf(before, order.command, by.organisationId);
      if (before === null || side === null) {
        return err(negotiationErrors.REQUEST_UNKNOWN(`There is no access request ${id} for you to ${order.command}.`));
      }
      // A repeated or late answer is told so, whatever became of the offer and the parties since.
      const standing = standingOf(before, order.command, side, this.#conduct.now());
      if (!standing.ok || standing.value === 'done') return standing.ok ? ok(before) : standing;
      return this.#do(tx, before, order, { side, by });
    });
  }

  async #do(
    tx: Tx,
    before: Negotiation,
    order: RequestOrder,
    { side, by }: { side: Side; by: Person },
  ): Promise<Result<Negotiation, DomainError>> {
    switch (order.command) {
      case 'agree':
        return this.#conduct.agree(tx, before, by);
      case 'accept':
        return this.#followed(tx, await this.#conduct.accept(tx, before), 'accepted');
      case 'counter_offer':
        return this.#counter(tx, before, order.counter, { side, by });
      case 'decline':
      case 'withdraw': {
        const end = endBy(order.command, { by: by.subject, reason: order.reason, at: this.#conduct.now() });
        return this.#conduct.terminate(tx, before, end);
      }
    }
  }

  async #counter(
    tx: Tx,
    before: Negotiation,
    counter: Counter,
    { side, by }: { side: Side; by: Person },
  ): Promise<Result<Negotiation, DomainError>> {
    const { offerId, buyerId, offer } = before;
    const deal = await this.#negotiations.loadDeal(tx, offerId ?? '', buyerId ?? '');
    if (!deal.ok) return deal;
    const author = { side, subject: by.subject };
    const made = counterOffer({ published: deal.value.offer, onTable: offer }, counter, author, this.#conduct.now());
    if (!made.ok) return made;
    if (side === 'consumer') return this.#conduct.offer(tx, before, made.value);
    const terms = termsOnTable(deal.value.offer, made.value);
    const wire = before.peer && wireOf(terms, made.value.number);
    return this.#conduct.offerAsMerchant(tx, before, { ...made.value, wire }, deal.value);
  }

  async #followed(
    tx: Tx,
    done: Result<Negotiation, DomainError>,
    message: 'accepted',
  ): Promise<Result<Negotiation, DomainError>> {
    if (!done.ok || done.value.peer !== null) return done;
    return ok(await this.#steward.follow(tx, done.value, { event: 'done', message }));
  }
}

/** Lets one negotiation expire whose time is over; does nothing to any other. For the sweep. */
@Injectable()
export class ExpireRequest {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #conduct: NegotiationConduct;

  constructor(uow: UnitOfWork, negotiations: NegotiationRepository, conduct: NegotiationConduct) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#conduct = conduct;
  }

  /** @returns whether it expired now. */
  execute(id: string): Promise<boolean> {
    return this.#uow.run(async (tx) => {
      const before = await this.#negotiations.load(tx, id);
      const at = this.#conduct.now();
      // Answered meanwhile, or not due after all: somebody else was faster, and that stands.
      if (before === null || before.end !== null || !isOver(before, at)) return false;
      const reason = `Nobody answered until ${before.offer.validUntil.toISOString()}.`;
      const ended = await this.#conduct.terminate(tx, before, endBy('expire', { by: null, reason, at }));
      return ended.ok;
    });
  }
}

const merchants: ReadonlySet<RequestCommand> = new Set(['agree', 'decline']);
const buyers: ReadonlySet<RequestCommand> = new Set(['accept', 'withdraw']);

/** The side for which this organisation may give the command here; null when it may not. */
function sideOf(negotiation: Negotiation, command: RequestCommand, organisationId: string): Side | null {
  if (negotiation.role === 'consumer') return null;
  const isMerchant = negotiation.merchantId === organisationId && !buyers.has(command);
  if (isMerchant) return 'provider';
  const isBuyer = negotiation.buyerId === organisationId && !merchants.has(command);
  return isBuyer && actsFor(negotiation, 'consumer') ? 'consumer' : null;
}

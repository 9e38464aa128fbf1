import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { AgreementJournal } from '../agreement/agreement-journal.use-cases.js';
import { draftAgreement, type Signer } from '../agreement/agreement.js';
import type { IntendedUse } from '../policy/policy.js';
import { negotiationErrors } from './negotiation.errors.js';
import { NegotiationRepository } from './negotiation.repository.js';
import { answerRequest, requestAccess, settledAnswer, type AccessRequest, type RequestAnswer } from './negotiation.js';

/** How long both sides have to sign what they agreed. */
const SIGNING_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Asks, for the caller's own organisation, for access under an offer. */
@Injectable()
export class RequestAccess {
  readonly #uow: UnitOfWork;
  readonly #requests: NegotiationRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, requests: NegotiationRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#requests = requests;
    this.#clock = clock;
  }

  execute(offerId: string, use: IntendedUse, by: Signer): Promise<Result<AccessRequest, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const deal = await this.#requests.loadDeal(tx, offerId, by.organisationId);
      if (!deal.ok) return deal;
      const { offer, buyer } = deal.value;
      const opened = requestAccess({ id: newId('req'), offer, buyer, use, by: by.subject }, this.#clock.now());
      if (!opened.ok) return opened;
      if (await this.#requests.insert(tx, opened.value)) return opened;
      return err(
        negotiationErrors.REQUEST_ALREADY_OPEN(
          `Your organisation already asks for offer ${offerId} for "${use.purpose}" in ${use.placeOfUse}.`,
        ),
      );
    });
  }
}

/** What a party answers to an open request. */
export type RequestOrder =
  | { readonly command: 'agree' }
  | { readonly command: 'withdraw' }
  | { readonly command: 'decline'; readonly reason: string };

/** Answers a request: the merchant agrees, which draws up the agreement, or declines; the buyer withdraws. */
@Injectable()
export class AnswerRequest {
  readonly #uow: UnitOfWork;
  readonly #requests: NegotiationRepository;
  readonly #agreements: AgreementJournal;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    requests: NegotiationRepository,
    agreements: AgreementJournal,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#requests = requests;
    this.#agreements = agreements;
    this.#clock = clock;
  }

  execute(id: string, order: RequestOrder, by: Signer): Promise<Result<AccessRequest, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#requests.load(tx, id);
      const answering = order.command === 'withdraw' ? before?.buyerId : before?.merchantId;
      if (before === null || answering !== by.organisationId) {
        return err(negotiationErrors.REQUEST_UNKNOWN(`There is no access request ${id} for you to ${order.command}.`));
      }
      // A repeated or late answer is told so, whatever became of the offer and the parties since.
      const settled = settledAnswer(before, order.command);
      if (settled !== null) return settled.ok ? ok(settled.value.request) : settled;
      if (order.command === 'agree') return this.#agree(tx, before, by);
      return this.#save(tx, before, { ...order, by: by.subject, at: this.#clock.now() });
    });
  }

  async #agree(tx: Tx, request: AccessRequest, by: Signer): Promise<Result<AccessRequest, DomainError>> {
    const deal = await this.#requests.loadDeal(tx, request.offerId, request.buyerId);
    if (!deal.ok) return deal;
    const at = this.#clock.now();
    const agreementId = newId('agr');
    const { offer } = deal.value;
    const saved = await this.#save(tx, request, { command: 'agree', by: by.subject, at, offer, agreementId });
    if (!saved.ok) return saved;
    const { purpose, placeOfUse, id: requestId } = request;
    const signBy = new Date(at.getTime() + SIGNING_DAYS * DAY_MS);
    const matter = { agreementId, requestId, ...deal.value, purpose, placeOfUse };
    await this.#agreements.open(tx, draftAgreement(matter, { by, at, signBy }));
    return saved;
  }

  async #save(tx: Tx, before: AccessRequest, answer: RequestAnswer): Promise<Result<AccessRequest, DomainError>> {
    const outcome = answerRequest(before, answer);
    if (!outcome.ok) return outcome;
    if (outcome.value.changed) await this.#requests.update(tx, outcome.value.request);
    return ok(outcome.value.request);
  }
}

/** Lets one request expire whose time is over; does nothing to any other. For the sweep. */
@Injectable()
export class ExpireRequest {
  readonly #uow: UnitOfWork;
  readonly #requests: NegotiationRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, requests: NegotiationRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#requests = requests;
    this.#clock = clock;
  }

  /** @returns whether it expired now. */
  execute(id: string): Promise<boolean> {
    return this.#uow.run(async (tx) => {
      const before = await this.#requests.load(tx, id);
      if (before === null) return false;
      const outcome = answerRequest(before, { command: 'expire', at: this.#clock.now() });
      // Answered meanwhile, or not due after all: somebody else was faster, and that stands.
      if (!outcome.ok || !outcome.value.changed) return false;
      await this.#requests.update(tx, outcome.value.request);
      return true;
    });
  }
}

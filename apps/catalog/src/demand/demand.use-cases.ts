import { Inject, Injectable } from '@nestjs/common';
import { DemandAnsweredV1, DemandClosedV1, DemandPostedV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { mayActAs, type ParticipantRole } from '../participant/participant.js';
import { ParticipantRepository } from '../participant/participant.repository.js';
import {
  checkAnswerable,
  closeDemand,
  postDemand,
  type Demand,
  type DemandAnswer,
  type DemandCommand,
} from './demand.js';
import { demandErrors, type DemandError } from './demand.errors.js';
import { DemandRepository } from './demand.repository.js';

type Answer<T> = Promise<Result<T, DemandError>>;
export type NewDemand = Pick<
  Demand,
  'title' | 'need' | 'language' | 'kinds' | 'purpose' | 'placeOfUse' | 'budget' | 'openUntil'
>;
export interface DemandActor {
  readonly organisationId: string;
  readonly personas: readonly string[];
}

/** How a need is closed, and by what. */
export type CloseOrder =
  | { readonly command: 'choose'; readonly answerId: string }
  | { readonly command: 'withdraw' | 'expire' }
  | { readonly command: 'remove'; readonly reason: string };

const MAX_ANSWERS_EACH = 5;

/** The demand board: a buyer posts a need, merchants answer, the buyer chooses. */
@Injectable()
export class DemandBoard {
  readonly #uow: UnitOfWork;
  readonly #demands: DemandRepository;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    demands: DemandRepository,
    participants: ParticipantRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#demands = demands;
    this.#participants = participants;
    this.#clock = clock;
  }

  post(need: NewDemand, by: DemandActor): Answer<Demand> {
    return this.#uow.runResult(async (tx): Answer<Demand> => {
      const allowed = await this.#may(tx, by, 'buyer');
      if (!allowed.ok) return allowed;
      const id = newId('dmd');
      const posted = postDemand({ ...need, id, buyerId: by.organisationId, postedAt: this.#clock.now() });
      if (!posted.ok) return posted;
      const { buyerId, title, kinds, openUntil, postedAt } = posted.value;
      await this.#demands.insert(tx, posted.value);
      tx.append(DemandPostedV1, {
        ...{ demandId: id, buyerId, title, kinds: [...kinds] },
        openUntil: openUntil.toISOString(),
        postedAt: postedAt.toISOString(),
      });
      return posted;
    });
  }

  answer(
    demandId: string,
    words: Pick<DemandAnswer, 'productId' | 'offerId' | 'message'>,
    by: DemandActor,
  ): Answer<DemandAnswer> {
    return this.#uow.runResult(async (tx): Answer<DemandAnswer> => {
      const allowed = await this.#may(tx, by, 'merchant');
      if (!allowed.ok) return allowed;
      const demand = await this.#demands.load(tx, demandId);
      if (demand === null) return err(demandErrors.DEMAND_UNKNOWN(`There is no demand ${demandId}.`));
      const answeredAt = this.#clock.now();
      const open = checkAnswerable(demand, answeredAt);
      if (!open.ok) return open;
      const merchantId = by.organisationId;
      if ((await this.#demands.answersOf(tx, demandId, merchantId)) >= MAX_ANSWERS_EACH) {
        return err(demandErrors.DEMAND_ANSWERED_TWICE(`${merchantId} answered ${MAX_ANSWERS_EACH} times.`));
      }
      const offered = await checkProduct(tx, words.productId, merchantId);
      if (!offered.ok) return offered;
      const answer = { ...words, id: newId('dan'), demandId, merchantId, answeredAt };
      await this.#demands.addAnswer(tx, answer);
      tx.append(DemandAnsweredV1, {
        ...{ demandId, answerId: answer.id, buyerId: demand.buyerId, merchantId, productId: words.productId },
        answeredAt: answeredAt.toISOString(),
      });
      return ok(answer);
    });
  }

  /** Closes a need: its buyer's, or the operator's by removing it. */
  close(id: string, order: CloseOrder, by: DemandActor): Answer<Demand> {
    return this.#uow.runResult(async (tx): Answer<Demand> => {
      const demand = await this.#demands.load(tx, id);
      const isOwn = demand?.buyerId === by.organisationId;
      if (demand === null || !(isOwn || (order.command === 'remove' && by.personas.includes('operator')))) {
        return err(demandErrors.DEMAND_UNKNOWN(`There is no demand ${id} that you may ${order.command}.`));
      }
      if (order.command === 'choose' && !(await this.#demands.hasAnswer(tx, id, order.answerId))) {
        const detail = `Demand ${id} has no answer ${order.answerId}.`;
        return err(demandErrors.DEMAND_ANSWER_UNKNOWN(detail, { pointer: '/answer_id' }));
      }
      return this.#close(tx, demand, order);
    });
  }

  /** Closes the needs whose day has come; the job's. @returns how many. */
  async expire(): Promise<number> {
    const due = await this.#uow.run((tx) => this.#demands.overdue(tx, this.#clock.now()));
    let closed = 0;
    for (const id of due) {
      const outcome = await this.#uow.runResult(async (tx): Answer<Demand | null> => {
        const demand = await this.#demands.load(tx, id);
        return demand?.status === 'open' ? this.#close(tx, demand, { command: 'expire' }) : ok(null);
      });
      if (outcome.ok && outcome.value !== null) closed += 1;
    }
    return closed;
  }

  async #close(tx: Tx, demand: Demand, order: CloseOrder): Answer<Demand> {
    const command: Exclude<DemandCommand, 'answer'> = order.command;
    const closed = closeDemand(demand, {
      ...{ command, at: this.#clock.now() },
      reason: 'reason' in order ? order.reason : null,
      answerId: 'answerId' in order ? order.answerId : null,
    });
    if (!closed.ok) return closed;
    const { id: demandId, buyerId, status, closedAt, chosenAnswer: answerId } = closed.value;
    await this.#demands.close(tx, closed.value);
    if (status !== 'open' && closedAt !== null) {
      tx.append(DemandClosedV1, { demandId, buyerId, outcome: status, answerId, closedAt: closedAt.toISOString() });
    }
    return closed;
  }

  async #may(tx: Tx, by: DemandActor, role: ParticipantRole): Answer<null> {
    const organisation = await this.#participants.loadShared(tx, by.organisationId);
    if (organisation !== null && mayActAs(organisation, role)) return ok(null);
    return err(demandErrors.DEMAND_ACTOR_NOT_APPROVED(`${by.organisationId} is no approved ${role}.`));
  }
}

async function checkProduct(tx: Tx, productId: string | null, merchantId: string): Answer<null> {
  if (productId === null) return ok(null);
  const found = await tx.query(`SELECT 1 FROM products WHERE id = $1 AND merchant_id = $2 AND status = 'listed'`, [
    productId,
    merchantId,
  ]);
  if (found.length > 0) return ok(null);
  const detail = `${productId} is no listed product of ${merchantId}.`;
  return err(demandErrors.DEMAND_PRODUCT_NOT_OFFERED(detail, { pointer: '/product_id' }));
}

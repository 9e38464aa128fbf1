import { Inject, Injectable } from '@nestjs/common';
import { DisputeClosedV1, DisputeOpenedV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { actingParty, signerOf, type AgreementActor } from '../agreement/acting-party.js';
import { HoldAgreement } from '../agreement/agreement.use-cases.js';
import { partyOf } from '../agreement/agreement.js';
import { disputeErrors } from './dispute.errors.js';
import { DisputeRepository } from './dispute.repository.js';
import {
  actOnDispute,
  openDispute,
  type Dispute,
  type DisputeGround,
  type DisputeOrder,
  type DisputeSide,
  type Evidence,
} from './dispute.js';

/** What a party says that the other does not keep. */
export interface Claim {
  readonly ground: DisputeGround;
  readonly claim: string;
  readonly evidence: readonly Evidence[];
}

/** Opens a dispute of the caller's own organisation about its agreement. */
@Injectable()
export class OpenDispute {
  readonly #uow: UnitOfWork;
  readonly #disputes: DisputeRepository;
  readonly #lives: HoldAgreement;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, disputes: DisputeRepository, lives: HoldAgreement, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#disputes = disputes;
    this.#lives = lives;
    this.#clock = clock;
  }

  execute(
    agreementId: string,
    { evidence, ...claim }: Claim,
    by: AgreementActor,
  ): Promise<Result<Dispute, DomainError>> {
    return this.#uow.runResult<Dispute, DomainError>(async (tx) => {
      const acting = actingParty(await this.#lives.load(tx, agreementId), agreementId, by);
      if (!acting.ok) return acting;
      const { agreement, party } = acting.value;
      if (agreement.status === 'awaiting_signatures' || agreement.status === 'lapsed') {
        return err(disputeErrors.AGREEMENT_DISPUTE_TOO_EARLY(`Agreement ${agreementId} is ${agreement.status}.`));
      }
      const open = await this.#disputes.openOf(tx, agreementId, party);
      if (open !== null) {
        const meta = { meta: { dispute_id: open } };
        return err(disputeErrors.AGREEMENT_DISPUTE_OPEN_ALREADY(`${open} is open about ${agreementId}.`, meta));
      }
      const { merchantId, buyerId } = agreement;
      const parties = { agreementId, merchantId, buyerId, openedBy: party };
      const opened = openDispute(
        { id: newId('adp'), ...parties, ...claim, openedAt: this.#clock.now() },
        { by: signerOf(by), evidence },
      );
      await this.#disputes.insert(tx, opened);
      announceOpening(tx, opened.dispute);
      return ok(opened.dispute);
    });
  }
}

/** What a side, or the operator, does about a dispute; a ruling acts on the agreement in the same transaction. */
@Injectable()
export class ActOnDispute {
  readonly #uow: UnitOfWork;
  readonly #disputes: DisputeRepository;
  readonly #lives: HoldAgreement;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, disputes: DisputeRepository, lives: HoldAgreement, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#disputes = disputes;
    this.#lives = lives;
    this.#clock = clock;
  }

  execute(
    id: string,
    order: Pick<DisputeOrder, 'command' | 'said' | 'evidence' | 'remedy'>,
    by: AgreementActor,
  ): Promise<Result<Dispute, DomainError>> {
    return this.#uow.runResult<Dispute, DomainError>(async (tx) => {
      const before = await this.#disputes.load(tx, id);
      const side = before && sideOf(before, by);
      if (before === null || side === null) {
        return err(disputeErrors.AGREEMENT_DISPUTE_UNKNOWN(`There is no dispute ${id} that you may act on.`));
      }
      const acted = actOnDispute(before, { ...order, side, by: signerOf(by), at: this.#clock.now() });
      if (!acted.ok) return acted;
      const { dispute, step } = acted.value;
      await this.#disputes.append(tx, acted.value);
      if (dispute.closedAt === null) return ok(dispute);
      announceClose(tx, dispute, dispute.closedAt, step.said);
      await this.#follow(tx, dispute, by);
      return ok(dispute);
    });
  }

  /** An effective ruling is followed; an agreement that is over by then needs nothing more. */
  async #follow(tx: Tx, { agreementId, remedy, id }: Dispute, by: AgreementActor): Promise<void> {
    const agreement = remedy === 'none' ? null : await this.#lives.load(tx, agreementId);
    if (agreement === null) return;
    const reason = `ruling in dispute ${id}`;
    if (remedy === 'suspend') await this.#lives.hold(tx, agreement, { holder: 'dispute', reason, by });
    else await this.#lives.terminate(tx, agreement, reason, by);
  }
}

/** On whose side somebody speaks: his organisation's, or the exchange's where he works for it. */
function sideOf(dispute: Dispute, { organisationId, personas }: AgreementActor): DisputeSide | null {
  const party = partyOf(dispute, organisationId);
  if (party !== null) return personas.includes(party) ? party : null;
  return personas.includes('operator') ? 'operator' : null;
}

function announceOpening(tx: Tx, dispute: Dispute): void {
  const { id: disputeId, agreementId, merchantId, buyerId, openedBy, ground, claim, openedAt } = dispute;
  const parties = { disputeId, agreementId, merchantId, buyerId };
  tx.append(DisputeOpenedV1, { ...parties, openedBy, ground, claim, openedAt: openedAt.toISOString() });
}

function announceClose(tx: Tx, dispute: Dispute, closedAt: Date, said: string | null): void {
  const { id: disputeId, agreementId, merchantId, buyerId, status, remedy } = dispute;
  const outcome = status === 'settled' || status === 'withdrawn' || status === 'upheld' ? status : 'rejected';
  tx.append(DisputeClosedV1, {
    ...{ disputeId, agreementId, merchantId, buyerId, outcome, remedy },
    reason: said ?? dispute.proposal?.terms ?? outcome,
    closedAt: closedAt.toISOString(),
  });
}

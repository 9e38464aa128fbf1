import { Inject, Injectable } from '@nestjs/common';
import { ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { actingParty, signerOf, type AgreementActor } from './acting-party.js';
import { AdvanceAgreement } from './advance-agreement.use-cases.js';
import { endAgreement, leaveAgreement, withdrawNotice } from './agreement-end.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { resumeAgreement, suspendAgreement } from './agreement-rest.js';
import type { AgreementError } from './agreement.errors.js';
import {
  partyOf,
  signAgreement,
  type Agreement,
  type AgreementOutcome,
  type AgreementParty,
  type Holder,
  type Signer,
} from './agreement.js';
import { SigningChecks } from './signing.checks.js';

export type { AgreementActor } from './acting-party.js';

/** What one side signs, and who signs for it. */
export interface OwnSignature {
  readonly party: AgreementParty;
  readonly documentHash: string;
  readonly signer: Signer & { readonly displayName: string };
}

/** Signs for the caller's own organisation; with the second signature the agreement is concluded. */
@Injectable()
export class SignAgreement {
  readonly #uow: UnitOfWork;
  readonly #checks: SigningChecks;
  readonly #advance: AdvanceAgreement;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, checks: SigningChecks, advance: AdvanceAgreement, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#checks = checks;
    this.#advance = advance;
    this.#clock = clock;
  }

  execute(id: string, documentHash: string, by: AgreementActor): Promise<Result<Agreement, DomainError>> {
    return this.#uow.runResult<Agreement, DomainError>(async (tx) => {
      const acting = actingParty(await this.#advance.journal.load(tx, id), id, by);
      if (!acting.ok) return acting;
      const { agreement, party } = acting.value;
      const signed = this.#signed(agreement, { party, documentHash, signer: by });
      if (!signed.ok) return signed;
      // Asked for new signatures only: repeating one is no new act, whatever became of the organisation since.
      const may = signed.value.signature === null ? ok(null) : await this.#checks.maySign(tx, agreement, party);
      return may.ok ? ok(await this.#conclude(tx, signed.value)) : may;
    });
  }

  /** As {@link execute}, within a transaction of whoever has made sure that this side may be bound. */
  async in(tx: Tx, agreement: Agreement, input: OwnSignature): Promise<Result<Agreement, AgreementError>> {
    const signed = this.#signed(agreement, input);
    return signed.ok ? ok(await this.#conclude(tx, signed.value)) : signed;
  }

  #signed(agreement: Agreement, { party, documentHash, signer }: OwnSignature) {
    const { subject, organisationId, displayName } = signer;
    const at = this.#clock.now();
    return signAgreement(agreement, { party, documentHash, at, signer: { subject, organisationId, displayName } });
  }

  /** Where the effective date has come already, the second signature brings it into force at once. */
  async #conclude(tx: Tx, signed: AgreementOutcome): Promise<Agreement> {
    if (signed.signature === null) return signed.agreement;
    await this.#advance.journal.record(tx, signed);
    return this.#advance.on(tx, signed.agreement);
  }
}

/** Ends an agreement: a party its own, with the notice it asks for; the operator any, at once. Unsigned ones lapse. */
@Injectable()
export class EndAgreement {
  readonly #uow: UnitOfWork;
  readonly #agreements: AgreementJournal;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, agreements: AgreementJournal, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#agreements = agreements;
    this.#clock = clock;
  }

  execute(
    id: string,
    order: { readonly reason: string; readonly endsAt: Date | null },
    actor: AgreementActor,
  ): Promise<Result<Agreement, AgreementError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#agreements.load(tx, id);
      const how = { by: signerOf(actor), reason: order.reason, at: this.#clock.now() };
      if (before !== null && actsAsOperator(before, actor)) {
        return this.#record(tx, endAgreement(before, { command: 'terminate', ...how }));
      }
      const acting = actingParty(before, id, actor);
      if (!acting.ok) return acting;
      const { agreement, party } = acting.value;
      return this.#record(tx, leaveAgreement(agreement, { ...how, party, endsAt: order.endsAt }));
    });
  }

  /** Takes the notice of the caller's own organisation back. */
  withdraw(id: string, reason: string, actor: AgreementActor): Promise<Result<Agreement, AgreementError>> {
    return this.#uow.runResult(async (tx) => {
      const acting = actingParty(await this.#agreements.load(tx, id), id, actor);
      if (!acting.ok) return acting;
      const { agreement, party } = acting.value;
      const how = { by: signerOf(actor), reason, at: this.#clock.now() };
      return this.#record(tx, withdrawNotice(agreement, { ...how, party }));
    });
  }

  async #record(tx: Tx, outcome: ReturnType<typeof endAgreement>): Promise<Result<Agreement, AgreementError>> {
    if (!outcome.ok) return outcome;
    await this.#agreements.record(tx, outcome.value);
    return ok(outcome.value.agreement);
  }
}

/** Lets an agreement rest, and go on: each side and the operator for themselves. */
@Injectable()
export class HoldAgreement {
  readonly #uow: UnitOfWork;
  readonly #advance: AdvanceAgreement;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, advance: AdvanceAgreement, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#advance = advance;
    this.#clock = clock;
  }

  /** The agreement, kept from going on under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<Agreement | null> {
    return this.#advance.journal.load(tx, id);
  }

  suspend(id: string, reason: string, actor: AgreementActor): Promise<Result<Agreement, AgreementError>> {
    return this.#order(id, actor, (tx, agreement, holder) => this.hold(tx, agreement, { holder, reason, by: actor }));
  }

  resume(id: string, reason: string, actor: AgreementActor): Promise<Result<Agreement, AgreementError>> {
    return this.#order(id, actor, async (tx, agreement, own) => {
      // What a ruling holds, the exchange lifts once the ruling is kept.
      const ruled = own === 'operator' && !agreement.holds.some((hold) => hold.holder === own);
      const holder = ruled ? 'dispute' : own;
      const resumed = resumeAgreement(agreement, { holder, reason, by: signerOf(actor), at: this.#clock.now() });
      if (!resumed.ok) return resumed;
      await this.#advance.journal.record(tx, resumed.value);
      return ok(await this.#advance.on(tx, resumed.value.agreement));
    });
  }

  /** Holds it within a transaction of whoever decided so: a ruling. */
  async hold(
    tx: Tx,
    agreement: Agreement,
    { holder, reason, by }: { holder: Holder; reason: string; by: AgreementActor },
  ): Promise<Result<Agreement, AgreementError>> {
    const order = { holder, reason, by: signerOf(by), at: this.#clock.now() };
    const suspended = suspendAgreement(agreement, order);
    if (!suspended.ok) return suspended;
    await this.#advance.journal.record(tx, suspended.value);
    return ok(suspended.value.agreement);
  }

  /** Terminates it within a transaction of whoever decided so: a ruling. */
  async terminate(
    tx: Tx,
    agreement: Agreement,
    reason: string,
    by: AgreementActor,
  ): Promise<Result<Agreement, AgreementError>> {
    const how = { by: signerOf(by), reason, at: this.#clock.now() };
    const ended = endAgreement(agreement, { command: 'terminate', ...how });
    if (!ended.ok) return ended;
    await this.#advance.journal.record(tx, ended.value);
    return ok(ended.value.agreement);
  }

  #order(
    id: string,
    actor: AgreementActor,
    act: (tx: Tx, agreement: Agreement, holder: Holder) => Promise<Result<Agreement, AgreementError>>,
  ): Promise<Result<Agreement, AgreementError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#advance.journal.load(tx, id);
      if (before !== null && actsAsOperator(before, actor)) return act(tx, before, 'operator');
      const acting = actingParty(before, id, actor);
      return acting.ok ? act(tx, acting.value.agreement, acting.value.party) : acting;
    });
  }
}

/** Whether somebody acts for the exchange: an operator who is no side of it. */
function actsAsOperator(agreement: Agreement, { organisationId, personas }: AgreementActor): boolean {
  return partyOf(agreement, organisationId) === null && personas.includes('operator');
}

import { Clearance, isInForce } from '@hetao/clearance';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { requireParty } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';
import {
  advanceAgreement,
  endAgreement,
  partyOf,
  signAgreement,
  type Agreement,
  type AgreementParty,
  type Signer,
} from './agreement.js';

/** Who acts on an agreement, with what he may act as. */
export interface AgreementActor extends Signer {
  readonly displayName: string;
  readonly personas: readonly string[];
}

/** Signs for the caller's own organisation; with the second signature the agreement is concluded. */
@Injectable()
export class SignAgreement {
  readonly #uow: UnitOfWork;
  readonly #agreements: AgreementJournal;
  readonly #directory: DirectoryRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    agreements: AgreementJournal,
    directory: DirectoryRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#agreements = agreements;
    this.#directory = directory;
    this.#clock = clock;
  }

  execute(id: string, documentHash: string, by: AgreementActor): Promise<Result<Agreement, DomainError>> {
    return this.#uow.runResult<Agreement, DomainError>(async (tx) => {
      const before = await this.#agreements.load(tx, id);
      const acting = actingParty(before, id, by);
      if (!acting.ok) return acting;
      const { agreement, party } = acting.value;
      const at = this.#clock.now();
      const signer = { subject: by.subject, organisationId: by.organisationId, displayName: by.displayName };
      const signed = signAgreement(agreement, { party, signer, documentHash, at });
      if (!signed.ok) return signed;
      if (signed.value.signature === null) return ok(signed.value.agreement);
      // Asked for new signatures only: repeating one is no new act, whatever became of the organisation since.
      const approved = requireParty(await this.#directory.party(tx, by.organisationId), by.organisationId, party);
      if (!approved.ok) return approved;
      await this.#agreements.record(tx, signed.value);
      // Where the effective date has come already, the second signature brings it into force at once.
      const advanced = advanceAgreement(signed.value.agreement, at);
      await this.#agreements.record(tx, advanced);
      return ok(advanced.agreement);
    });
  }
}

/** Ends an agreement: a party its own, the operator any. Unsigned ones lapse. */
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

  execute(id: string, reason: string, actor: AgreementActor): Promise<Result<Agreement, AgreementError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#agreements.load(tx, id);
      const isParty = before !== null && partyOf(before, actor.organisationId) !== null;
      const terminates = !isParty && before !== null && actor.personas.includes('operator');
      const acting = terminates ? ok({ agreement: before }) : actingParty(before, id, actor);
      if (!acting.ok) return acting;
      const command = terminates ? 'terminate' : 'end';
      const by = { subject: actor.subject, organisationId: actor.organisationId };
      const ended = endAgreement(acting.value.agreement, { command, by, reason, at: this.#clock.now() });
      if (!ended.ok) return ended;
      await this.#agreements.record(tx, ended.value);
      return ok(ended.value.agreement);
    });
  }
}

/** Lets time, or a release that came, act on one agreement: into force, expired or lapsed, as it is due. */
@Injectable()
export class AdvanceAgreement {
  readonly #uow: UnitOfWork;
  readonly #agreements: AgreementJournal;
  readonly #clearance: Clearance;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, agreements: AgreementJournal, clearance: Clearance, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#agreements = agreements;
    this.#clearance = clearance;
    this.#clock = clock;
  }

  /** @returns whether it went on now; not when somebody else was faster. */
  execute(id: string): Promise<boolean> {
    return this.#uow.run((tx) => this.in(tx, id));
  }

  /** As {@link execute}, within the transaction in which its reason is written down. */
  async in(tx: Tx, id: string): Promise<boolean> {
    const before = await this.#agreements.load(tx, id);
    if (before === null) return false;
    const at = this.#clock.now();
    const releases = (await this.#clearance.standings(tx.client, [id])).get(id) ?? [];
    const released = releases.some((release) => isInForce(release, at));
    const advanced = advanceAgreement(before, at, released);
    await this.#agreements.record(tx, advanced);
    if (advanced.steps.length > 0) return true;
    await this.#agreements.reschedule(tx, before, released);
    return false;
  }
}

/** The agreement and the side the actor may act for; to everybody else it does not exist. */
function actingParty(
  agreement: Agreement | null,
  id: string,
  { organisationId, personas }: AgreementActor,
): Result<{ agreement: Agreement; party: AgreementParty }, AgreementError> {
  const party = agreement && partyOf(agreement, organisationId);
  if (agreement === null || party === null) {
    return err(agreementErrors.AGREEMENT_UNKNOWN(`Your organisation has no agreement ${id}.`));
  }
  if (personas.includes(party)) return ok({ agreement, party });
  return err(
    agreementErrors.AGREEMENT_ROLE_NEEDED(
      `Your organisation is the ${party} of agreement ${id}, but you have only the role ${personas.join(', ')}.`,
      { meta: { needed: party } },
    ),
  );
}

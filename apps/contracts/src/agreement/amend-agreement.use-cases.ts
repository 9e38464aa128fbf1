import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { inPublicForm } from '../offer/public-terms.js';
import { actingParty, signerOf, type AgreementActor } from './acting-party.js';
import { AgreementContext } from './agreement.context.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { proposeAmendment, type Amendment } from './agreement-successor.js';
import type { Agreement } from './agreement.js';

/** Draws up another text of an agreement in force, for both to sign: nothing changes before both did. */
@Injectable()
export class ProposeAmendment {
  readonly #uow: UnitOfWork;
  readonly #agreements: AgreementJournal;
  readonly #context: AgreementContext;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, agreements: AgreementJournal, context: AgreementContext, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#agreements = agreements;
    this.#context = context;
    this.#clock = clock;
  }

  /** @returns the text drawn up, which waits for both signatures. */
  execute(id: string, amendment: Amendment, by: AgreementActor): Promise<Result<Agreement, DomainError>> {
    return this.#uow.runResult<Agreement, DomainError>(async (tx) => {
      const acting = actingParty(await this.#agreements.load(tx, id), id, by);
      if (!acting.ok) return acting;
      const setting = await this.#context.setting(tx, acting.value.agreement);
      if (!setting.ok) return setting;
      const proposed = proposeAmendment(acting.value.agreement, {
        id: newId('agr'),
        amendment,
        setting: setting.value,
        by: signerOf(by),
        at: this.#clock.now(),
      });
      if (!proposed.ok) return err(inPublicForm(proposed.error));
      await this.#agreements.open(tx, proposed.value);
      return ok(proposed.value.agreement);
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { AgreementContext } from './agreement.context.js';
import { endAgreement } from './agreement-end.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { renewAgreement } from './agreement-successor.js';
import { advanceAgreement, renewsAt } from './agreement-time.js';
import type { Agreement } from './agreement.js';

/** Lets time, a release that came, or who may trade act on one agreement: whatever of it is due. */
@Injectable()
export class AdvanceAgreement {
  readonly #uow: UnitOfWork;
  readonly #context: AgreementContext;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    /** Where what it does is written down. */
    readonly journal: AgreementJournal,
    context: AgreementContext,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#context = context;
    this.#clock = clock;
  }

  /** @returns whether it went on now; not when somebody else was faster. */
  execute(id: string): Promise<boolean> {
    return this.#uow.run((tx) => this.in(tx, id));
  }

  /** As {@link execute}, within the transaction in which its reason is written down. */
  async in(tx: Tx, id: string): Promise<boolean> {
    const before = await this.journal.load(tx, id);
    if (before === null) return false;
    const after = await this.on(tx, before);
    return after.step !== before.step || after.successorId !== before.successorId;
  }

  /** As {@link in}, for one that is held already. @returns it as it is then. */
  async on(tx: Tx, before: Agreement): Promise<Agreement> {
    const at = this.#clock.now();
    const agreement = await this.#renewed(tx, before, at);
    const circumstances = await this.#context.circumstances(tx, agreement, at);
    const advanced = advanceAgreement(agreement, at, circumstances);
    await this.journal.record(tx, advanced);
    await this.journal.reschedule(tx, advanced.agreement, circumstances);
    return this.#woken(tx, advanced.agreement);
  }

  /** The next term is drawn up before this one ends, so that what it needs (a release) can be had in time. */
  async #renewed(tx: Tx, agreement: Agreement, at: Date): Promise<Agreement> {
    const due = renewsAt({ ...agreement, successorId: null });
    if (agreement.status !== 'in_force' || due === null || at.getTime() < due.getTime()) return agreement;
    if (!(await this.#makesWay(tx, agreement, at))) return agreement;
    const setting = await this.#context.setting(tx, agreement);
    // Whoever may not trade binds himself to no further term.
    const next = setting.ok ? renewAgreement(agreement, { id: newId('agr'), setting: setting.value, at }) : null;
    if (next === null) return agreement;
    await this.journal.open(tx, next);
    return { ...agreement, successorId: next.agreement.id };
  }

  /** Nobody gets out of the next term by a proposal that not both have signed: that lapses instead. */
  async #makesWay(tx: Tx, { successorId }: Agreement, at: Date): Promise<boolean> {
    const next = successorId === null ? null : await this.journal.load(tx, successorId);
    if (next?.status !== 'awaiting_signatures') return next === null;
    const reason = 'the agreement renewed itself before both had signed';
    const lapsed = endAgreement(next, { command: 'end', by: null, reason, at });
    if (lapsed.ok) await this.journal.record(tx, lapsed.value);
    return lapsed.ok;
  }

  /** The text that is to take its place may have waited for this one to go on: then it does now. */
  async #woken(tx: Tx, agreement: Agreement): Promise<Agreement> {
    const { id, status, successorId } = agreement;
    const next = status === 'in_force' && successorId !== null ? await this.journal.load(tx, successorId) : null;
    if (next?.status !== 'concluded') return agreement;
    await this.on(tx, next);
    return (await this.journal.load(tx, id)) ?? agreement;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type Clock, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { assertVersion, CLOCK } from '@hetao/runtime';
import { checklist, requirementsFor, type ChecklistItem } from '../checklist/checklist.js';
import { nextInstant } from '../history/history.repository.js';
import { exchangeDay } from '../shared/exchange-day.js';
import { ApplicationDesk } from './application-desk.repository.js';
import { editApplication, submitApplication, type ApplicationChange } from './application.js';
import { PaperRepository, type Paper } from './paper.repository.js';
import { announceRegistration } from './participant-outcome.repository.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import { ParticipantRepository } from './participant.repository.js';
import { decidedAt, type Participant } from './participant.js';
import type { DecidedBy } from './participant.use-cases.js';

type Answer<T> = Promise<Result<T, ParticipantError>>;

/** What the organisation itself does with its application while it is its own. */
@Injectable()
export class WriteApplication {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#participants = participants;
    this.#clock = clock;
  }

  /** @throws DomainException VERSION_STALE when the application has changed since it was read. */
  execute(
    id: string,
    edit: { readonly revision: number; readonly change: ApplicationChange },
    by: DecidedBy,
  ): Answer<Participant> {
    return this.#uow.runResult(async (tx): Answer<Participant> => {
      const before = await own(tx, this.#participants, id, by);
      if (!before.ok) return before;
      assertVersion(edit.revision, before.value.revision);
      const edited = editApplication(before.value, edit.change);
      if (!edited.ok) return edited;
      const { participant } = edited.value;
      const named = await this.#participants.checkName(tx, participant);
      if (!named.ok) return named;
      const from = before.value.status;
      const at = this.#clock.now();
      await this.#participants.update(tx, participant, { command: 'edit', from, at, by, reason: null });
      return ok(participant);
    });
  }
}

/** Papers of an organisation, the checklist they are held against, and handing the whole in. */
@Injectable()
export class HandInApplication {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #papers: PaperRepository;
  readonly #desk: ApplicationDesk;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, papers: PaperRepository, desk: ApplicationDesk) {
    this.#uow = uow;
    this.#participants = participants;
    this.#papers = papers;
    this.#desk = desk;
  }

  /** Hands one paper in; who takes part already hands in renewed ones. */
  putPaper(id: string, paper: Omit<Paper, 'id' | 'addedAt' | 'addedBy'>, by: DecidedBy): Answer<Paper> {
    return this.#uow.runResult(async (tx): Answer<Paper> => {
      const found = await own(tx, this.#participants, id, by);
      if (!found.ok) return found;
      const { jurisdiction, roles, status } = found.value;
      if (!['draft', 'supplement', 'registered', 'approved'].includes(status)) {
        return err(participantErrors.PARTICIPANT_CLOSED(`The application of ${id} is ${status}.`));
      }
      if (!requirementsFor(jurisdiction, roles).some((requirement) => requirement.id === paper.requirement)) {
        const detail = `Nobody asks ${id} for "${paper.requirement}".`;
        return err(participantErrors.PARTICIPANT_DOCUMENT_UNASKED(detail));
      }
      return ok(await this.#papers.put(tx, id, { ...paper, addedAt: this.#desk.now(), addedBy: by.subject }));
    });
  }

  /** The checklist of an organisation as it stands today, with the papers it handed in. */
  checklist(id: string, reader: Reader): Answer<{ items: readonly ChecklistItem[]; papers: readonly Paper[] }> {
    return this.#uow.runResult(async (tx): Answer<{ items: readonly ChecklistItem[]; papers: readonly Paper[] }> => {
      const found = await this.#participants.loadShared(tx, id);
      if (found === null || !seesTenant(reader, id)) {
        return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id} whose papers you may see.`));
      }
      const papers = await this.#papers.of(tx, id);
      const today = exchangeDay(this.#desk.now());
      return ok({ items: checklist(found.jurisdiction, found.roles, papers, today), papers });
    });
  }

  /** Hands the application to review. */
  submit(id: string, by: DecidedBy): Answer<Participant> {
    return this.#uow.runResult(async (tx): Answer<Participant> => {
      const before = await own(tx, this.#participants, id, by);
      if (!before.ok) return before;
      const at = nextInstant(decidedAt(before.value), this.#desk);
      const submitted = submitApplication(before.value, {
        by,
        at,
        today: exchangeDay(at),
        papers: await this.#papers.of(tx, id),
        openQuestions: await this.#desk.openQuestions(tx, id),
      });
      if (!submitted.ok || !submitted.value.changed) return submitted.ok ? ok(before.value) : submitted;
      const { participant } = submitted.value;
      const from = before.value.status;
      await this.#participants.update(tx, participant, { command: 'submit', from, at, by, reason: null });
      if (from === 'draft') announceRegistration(tx, participant, at);
      return ok(participant);
    });
  }
}

/** The caller's own organisation, held until the commit; anybody else's is as good as absent. */
async function own(tx: Tx, participants: ParticipantRepository, id: string, by: DecidedBy): Answer<Participant> {
  const found = by.organisationId === id ? await participants.load(tx, id) : null;
  return found === null ? err(participantErrors.PARTICIPANT_UNKNOWN(`${id} is not your organisation.`)) : ok(found);
}

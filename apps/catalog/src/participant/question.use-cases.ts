import { Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type JsonValue, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { leadsSomewhere, type ReviewComment } from '../comment/comment.js';
import { commentErrors, type CommentError } from '../comment/comment.errors.js';
import { CommentRepository } from '../comment/comment.repository.js';
import { toParticipantDto } from './participant.dto.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import { ParticipantRepository } from './participant.repository.js';

type Answer<T> = Promise<Result<T, ParticipantError | CommentError>>;

/** Questions of a reviewer on the fields of an application, and the organisation's answers. */
@Injectable()
export class AskApplicant {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #comments: CommentRepository;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, comments: CommentRepository) {
    this.#uow = uow;
    this.#participants = participants;
    this.#comments = comments;
  }

  async list(id: string, reader: Reader): Answer<readonly ReviewComment[]> {
    if (seesTenant(reader, id)) return ok(await this.#comments.of(id));
    return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id} whose questions you may see.`));
  }

  ask(
    id: string,
    { pointer, text }: { readonly pointer: string; readonly text: string },
    by: { readonly subject: string; readonly organisationId: string },
  ): Answer<ReviewComment> {
    return this.#uow.runResult(async (tx): Answer<ReviewComment> => {
      const found = await this.#participants.load(tx, id);
      if (found === null) return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id}.`));
      if (by.organisationId === id) {
        return err(participantErrors.PARTICIPANT_FOUR_EYES(`${by.subject} may not question his own organisation.`));
      }
      const isPaper = /^\/documents\/[a-z0-9_]+$/.test(pointer);
      if (!isPaper && !leadsSomewhere(pointer, toParticipantDto(found, true) as JsonValue)) {
        const detail = `Participant ${id} has nothing at "${pointer}".`;
        return err(commentErrors.COMMENT_BESIDE_NOTHING(detail, { pointer: '/pointer' }));
      }
      return this.#comments.write(tx, { aggregateId: id, pointer, text, writtenBy: by.subject });
    });
  }

  answer(
    id: string,
    reply: { readonly id: string; readonly answer: string },
    by: { readonly subject: string; readonly organisationId: string },
  ): Answer<ReviewComment> {
    return this.#uow.runResult(async (tx): Answer<ReviewComment> => {
      const found = by.organisationId === id ? await this.#participants.load(tx, id) : null;
      if (found === null) return err(participantErrors.PARTICIPANT_UNKNOWN(`${id} is not your organisation.`));
      return this.#comments.answer(tx, id, { ...reply, by: by.subject });
    });
  }
}

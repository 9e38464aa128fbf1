import { Inject, Injectable } from '@nestjs/common';
import { defineErrors, newId, ok, err, type Clock, type ErrorOf, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '../../src/index.js';
import { NoteRow } from './note.entity.js';
import { NoteWrittenV1 } from './note-written.event.js';

export const noteErrors = defineErrors({
  NOTE_FORBIDDEN_WORD: {
    kind: 'conflict',
    title: 'The note has a word that may not be written',
    fix: 'Leave the word out.',
  },
  NOTE_SEALED: { kind: 'conflict', title: 'The note is sealed', fix: 'Write another one.' },
  NOTE_NOT_FOUND: { kind: 'not_found', title: 'There is no such note', fix: 'Check the id.' },
});

/** Writes a note and tells about it. */
@Injectable()
export class WriteNote {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  execute(text: string, organisationId: string): Promise<Result<NoteRow, ErrorOf<typeof noteErrors>>> {
    return this.#uow.runResult(async (tx) => {
      const note = Object.assign(new NoteRow(), {
        id: newId('nte'),
        organisation_id: organisationId,
        text,
        version: 1,
        written_at: this.#clock.now(),
      });
      await tx.manager.insert(NoteRow, note);
      tx.append(NoteWrittenV1, { noteId: note.id, text, length: text.length });
      // Refused only now, so that specs can see the row and the event roll back.
      if (text.includes('forbidden')) {
        return err(noteErrors.NOTE_FORBIDDEN_WORD('The word "forbidden" is.', { pointer: '/text' }));
      }
      return ok(note);
    });
  }
}

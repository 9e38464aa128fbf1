import { Injectable } from '@nestjs/common';
import { err, ok, type ErrorOf, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { NoteRow } from './note.entity.js';
import { noteErrors } from './write-note.js';

/** Seals a note: a step that is taken once, and refused from then on. */
@Injectable()
export class SealNote {
  readonly #uow: UnitOfWork;

  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  execute(id: string): Promise<Result<NoteRow, ErrorOf<typeof noteErrors>>> {
    return this.#uow.runResult(async (tx): Promise<Result<NoteRow, ErrorOf<typeof noteErrors>>> => {
      const note = await tx.manager.findOneBy(NoteRow, { id });
      if (note === null) return err(noteErrors.NOTE_NOT_FOUND(`There is no note ${id}.`));
      if (note.version > 1) return err(noteErrors.NOTE_SEALED(`Note ${id} is sealed.`));
      return ok(await tx.manager.save(NoteRow, { ...note, version: 2 }));
    });
  }
}

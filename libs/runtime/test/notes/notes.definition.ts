import { Module } from '@nestjs/common';
import { z } from 'zod';
import { defineService, integerSetting, secret } from '../../src/index.js';
import { CreateNotes1763900000000 } from './create-notes.migration.js';
import { FirstNote } from './first-note.js';
import { NoteController } from './note.controller.js';
import { NoteRow } from './note.entity.js';
import { NoteSubscriber } from './note.subscriber.js';
import { SealNote } from './seal-note.js';
import { WriteNote } from './write-note.js';

@Module({ controllers: [NoteController, NoteSubscriber], providers: [WriteNote, SealNote, FirstNote] })
class NotesModule {}

/** A whole service, small: what specs of the runtime run, and what a new service can be copied from. */
export const notesService = defineService({
  name: 'notes',
  module: NotesModule,
  config: z.object({
    NOTES_MAX: integerSetting(1, 1_000_000).prefault('1000'),
    NOTES_SECRET: secret(z.string().min(8)).optional(),
  }),
  entities: [NoteRow],
  migrations: [CreateNotes1763900000000],
  bodyParsers: [{ mediaType: 'application/xml', as: 'text', limitBytes: 1_000 }],
});

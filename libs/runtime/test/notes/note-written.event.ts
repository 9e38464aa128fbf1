import { defineEvent, defineTopic } from '@hetao/events';
import { z } from 'zod';

export const noteTopic = defineTopic({ name: 'hetao.notes.note', partitions: 1 });

const noteWritten = z.object({ noteId: z.string(), text: z.string(), length: z.number().int() });
export type NoteWritten = z.output<typeof noteWritten>;

export const NoteWrittenV1 = defineEvent<NoteWritten>({
  type: 'hetao.notes.note-written.v1',
  topic: noteTopic,
  key: (data) => data.noteId,
  schema: noteWritten,
});

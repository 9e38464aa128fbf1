import { Controller } from '@nestjs/common';
import type { ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '../../src/index.js';
import { handlerGate } from './gates.js';
import { NoteWrittenV1, type NoteWritten } from './note-written.event.js';

@Controller()
export class NoteSubscriber {
  @Handles(NoteWrittenV1)
  async onNoteWritten(event: ReceivedEvent<NoteWritten>, tx: Tx): Promise<void> {
    const { noteId, length, text } = event.data;
    await tx.execute('INSERT INTO readings (note_id, event_id, length) VALUES ($1, $2, $3)', [
      noteId,
      event.id,
      length,
    ]);
    await handlerGate.pass();
    if (text.includes('poison')) throw new Error('This note cannot be read.');
  }
}

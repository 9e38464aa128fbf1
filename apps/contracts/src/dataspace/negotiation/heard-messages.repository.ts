import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { WireMessage } from '../wire/context.js';

/** Remembers which messages of peers were applied, and what was answered: a repetition is answered the same. */
@Injectable()
export class HeardMessages {
  async answerTo(tx: Tx, negotiationId: string, messageId: string): Promise<WireMessage | null> {
    const [row] = await tx.query<{ answer: WireMessage }>(
      'SELECT answer FROM negotiation_messages WHERE negotiation_id = $1 AND message_id = $2',
      [negotiationId, messageId],
    );
    return row?.answer ?? null;
  }

  async remember(tx: Tx, negotiationId: string, messageId: string, answer: WireMessage): Promise<void> {
    await tx.execute(
      'INSERT INTO negotiation_messages (negotiation_id, message_id, answer) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [negotiationId, messageId, JSON.stringify(answer)],
    );
  }
}

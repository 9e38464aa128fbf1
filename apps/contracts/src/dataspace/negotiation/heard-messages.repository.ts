import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { prepared } from '../../database/prepared.js';
import type { WireMessage } from '../wire/context.js';

const ANSWER = prepared<{ answer: WireMessage }>(
  'contracts.heard.answer',
  'SELECT answer FROM negotiation_messages WHERE negotiation_id = $1 AND message_id = $2',
);
const REMEMBER = prepared(
  'contracts.heard.remember',
  'INSERT INTO negotiation_messages (negotiation_id, message_id, answer) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
);

/** Remembers which messages of peers were applied, and what was answered: a repetition is answered the same. */
@Injectable()
export class HeardMessages {
  async answerTo(tx: Tx, negotiationId: string, messageId: string): Promise<WireMessage | null> {
    const [row] = await ANSWER.rows(tx, [negotiationId, messageId]);
    return row?.answer ?? null;
  }

  async remember(tx: Tx, negotiationId: string, messageId: string, answer: WireMessage): Promise<void> {
    await REMEMBER.count(tx, [negotiationId, messageId, JSON.stringify(answer)]);
  }
}

import { randomBytes } from 'node:crypto';
import { defineEvent, defineTopic, type EventDefinition, type ReceivedEvent, type Topic } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { z } from 'zod';

/** The event of these tests: something of a key happened for the n-th time. */
export interface Counted {
  readonly key: string;
  readonly n: number;
  readonly note?: string | undefined;
}

const schema = z.object({ key: z.string(), n: z.number().int(), note: z.string().optional() });

export const PARTITIONS = 4;

/** A topic that no other test uses: topics outlive tests on a broker. Topic names are letters only. */
export function freshTopic(): Topic {
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
  return defineTopic({ name: `hetao.test.${letters}`, partitions: PARTITIONS });
}

export function countedOn(topic: Topic): EventDefinition<Counted> {
  return defineEvent<Counted>({ type: 'hetao.test.counted.v1', topic, key: (data) => data.key, schema });
}

/** Applies an event the way a handler should: through its transaction only. */
export async function recordEffect(tx: Tx, group: string, event: ReceivedEvent<unknown>, note = ''): Promise<void> {
  const { key, n } = event.data as Counted;
  await tx.execute('INSERT INTO effects (consumer_group, event_id, key, n, note) VALUES ($1, $2, $3, $4, $5)', [
    group,
    event.id,
    key,
    n,
    note,
  ]);
}

import { defineEvent, defineTopic, type EventDefinition, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { z } from 'zod';

/** An event of a usual size (some 300 bytes of JSON), spread over 64 keys. */
export interface Measured {
  readonly key: string;
  readonly n: number;
  readonly padding: string;
}

export const KEYS = 64;
export const PARTITIONS = 4;
const PADDING = 'x'.repeat(250);

const schema = z.object({ key: z.string(), n: z.number().int(), padding: z.string() });

/** Each measurement has a topic of its own: a new group reads a topic from its start. */
export function measuredOn(name: string): EventDefinition<Measured> {
  const topic = defineTopic({ name: `hetao.bench.${name}`, partitions: PARTITIONS });
  return defineEvent<Measured>({ type: 'hetao.bench.measured.v1', topic, key: (data) => data.key, schema });
}

export function measured(n: number): Measured {
  return { key: `key-${n % KEYS}`, n, padding: PADDING };
}

/** The effect: one row an event, in one statement however many events there are. */
export async function applyEffects(events: readonly ReceivedEvent<unknown>[], tx: Tx): Promise<void> {
  const data = events.map((event) => event.data as Measured);
  await tx.execute('INSERT INTO effects (key, n) SELECT * FROM unnest($1::text[], $2::integer[])', [
    data.map((each) => each.key),
    data.map((each) => each.n),
  ]);
}

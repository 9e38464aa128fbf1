import { z } from 'zod';
import type { JsonValue } from '@hetao/kernel';
import { deadLetterStatuses, type DeadLetter } from '@hetao/messaging';
import { pageOf } from '../http/cursor.js';
import { idSchema } from '../http/ids.js';
import { maskedData, maskedText } from './masked-data.js';

const word = z.string().min(1).max(100);

/** What dead letters can be looked for by, beside whose they are. */
export const deadLetterFilters = {
  state: z.enum(deadLetterStatuses).optional(),
  topic: word.optional().describe('As in `hetao.contracts.agreement`'),
};
export const deadLetterQuery = z.object({
  ...deadLetterFilters,
  before: idSchema('dlt').optional(),
  // One more than the largest page: that there is a next one.
  limit: z.coerce.number().int().min(1).max(101).default(20),
});
export type DeadLetterQueryDto = z.output<typeof deadLetterQuery>;

export const deadLetterDto = z
  .object({
    id: z.string(),
    service: z.string().describe('Whose handler failed'),
    state: z
      .enum(deadLetterStatuses)
      .describe('`replay_requested`: taken within seconds. `discard_proposed`: waits for a second person'),
    event: z.object({
      id: z.string(),
      type: z.string(),
      source: z.string(),
      topic: z.string(),
      key: z.string().describe('Events of one key are handled in their order; this one was passed over'),
      occurred_at: z.iso.datetime(),
    }),
    attempts: z.int().describe('How often it was tried in all'),
    error: z.string().describe('Why it failed last: the message and its causes'),
    failed_at: z.iso.datetime().describe('When it was set aside'),
    position: z.string().nullable().describe('Over Kafka: topic, partition, offset'),
    trace_id: z.string().nullable(),
    asked: z
      .object({ by: z.string(), at: z.iso.datetime(), reason: z.string() })
      .nullable()
      .describe('The last thing somebody asked for: a replay, or a discard'),
    confirmed_by: z.string().nullable().describe('The second person of a discard'),
    settled_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetterDto = z.output<typeof deadLetterDto>;

export const deadLetterDetailDto = deadLetterDto
  .extend({
    data: z
      .looseObject({})
      .nullable()
      .describe('What the event says; words of people are masked. Null: no JSON object'),
    data_bytes: z.int(),
  })
  .meta({ id: 'DeadLetterDetail' });
export type DeadLetterDetailDto = z.output<typeof deadLetterDetailDto>;

/** As services tell the gateway, newest first; where a page ends is the gateway's business. */
export const deadLetterListDto = z.object({ data: z.array(deadLetterDto) });
export type DeadLetterListDto = z.output<typeof deadLetterListDto>;

export const deadLetterPageDto = pageOf(deadLetterDto)
  .extend({ unheard: z.array(z.string()).describe('Services that did not answer: theirs are missing on this page') })
  .meta({ id: 'DeadLetterPage' });
export type DeadLetterPageDto = z.output<typeof deadLetterPageDto>;

export function toDeadLetterDto(letter: DeadLetter): DeadLetterDto {
  const { id, group, status, attempts, position, asked } = letter;
  return {
    ...{ id, service: group, state: status },
    event: {
      ...{ id: letter.eventId, type: letter.type, source: letter.source, topic: letter.topic },
      ...{ key: maskedText(letter.key), occurred_at: letter.time.toISOString() },
    },
    ...{ attempts, error: maskedText(letter.error), failed_at: letter.failedAt.toISOString(), position },
    trace_id: letter.traceparent?.split('-')[1] ?? null,
    asked: asked && { by: asked.by, at: asked.at.toISOString(), reason: asked.reason },
    confirmed_by: letter.confirmedBy,
    settled_at: letter.settledAt?.toISOString() ?? null,
  };
}

export function toDeadLetterDetailDto(letter: DeadLetter): DeadLetterDetailDto {
  const data = maskedData(jsonIn(letter.payload));
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return {
    ...toDeadLetterDto(letter),
    data: isObject ? { ...data } : null,
    data_bytes: Buffer.byteLength(letter.payload),
  };
}

function jsonIn(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

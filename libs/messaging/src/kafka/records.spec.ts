import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from './kafka-client.js';
import { fromRecord, toRecord } from './records.js';

const PLACE = { clusterId: 'c', topic: 'hetao.test.records', partition: 3, highWatermark: 8n };
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const EVENT = {
  id: 'evt_1',
  type: 'hetao.test.counted.v1',
  source: 'hetao/orders',
  key: 'a',
  time: new Date('2026-01-02T03:04:05.678Z'),
  data: '{"n":1}',
  traceparent: TRACEPARENT,
};

/** The record as the broker gives it back: everything is bytes. */
function delivered(changes: { headers?: Record<string, string>; value?: Buffer | null } = {}): KafkaMessage {
  const record = toRecord(EVENT);
  const headers = { ...(record.headers as Record<string, string>), ...changes.headers };
  return {
    key: Buffer.from('a'),
    value: changes.value === undefined ? Buffer.from(EVENT.data) : changes.value,
    timestamp: '1700000000000',
    attributes: 0,
    offset: '7',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)])),
  };
}

describe('records', () => {
  it('bring back what was sent', () => {
    const { payload, ...event } = fromRecord(delivered(), PLACE);
    expect(String(payload)).toBe('{"n":1}');
    expect(event).toEqual({
      id: 'evt_1',
      type: 'hetao.test.counted.v1',
      source: 'hetao/orders',
      subject: 'a',
      topic: 'hetao.test.records',
      time: EVENT.time,
      traceparent: TRACEPARENT,
      position: { clusterId: 'c', topic: 'hetao.test.records', partition: 3, offset: 7n, highWatermark: 8n },
    });
  });

  it('have no traceparent header when the event was appended outside any trace', () => {
    expect(toRecord({ ...EVENT, traceparent: undefined }).headers).not.toHaveProperty('traceparent');
  });

  it.each([
    [{ headers: { ce_id: '' } }, 'lacks the CloudEvents headers ce_id'],
    [{ headers: { ce_specversion: '0.3' } }, 'ce_specversion is 0.3'],
    [{ headers: { ce_time: 'yesterday' } }, 'ce_time is no RFC 3339 time'],
    [{ value: null }, 'has no value'],
    [{ value: Buffer.from([0xc3, 0x28]) }, 'no UTF-8 text'],
  ])('that are no events are told apart instead of thrown at the consumer: %j', (changes, fault) => {
    expect(fromRecord(delivered(changes), PLACE).malformed).toContain(fault);
  });

  it('without an id get one from their place, the same each time', () => {
    const nameless = delivered({ headers: { ce_id: '' } });
    expect(fromRecord(nameless, PLACE).id).toBe('kafka:c/hetao.test.records/3/7');
    expect(fromRecord(nameless, PLACE).id).toBe(fromRecord(nameless, PLACE).id);
  });

  it('with a broken time are dated by the broker', () => {
    expect(fromRecord(delivered({ headers: { ce_time: '?' } }), PLACE).time).toEqual(new Date(1_700_000_000_000));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type JsonValue } from '@hetao/kernel';
import { splitBody } from '../event-body.js';
import type { Submission } from '../submission.types.js';
import { readUsageEvent } from '../usage-event.js';
import { decodePack, encodePacks, maxPackBytes } from './pack-format.js';

const sender = { senderId: 'org_m', organisationId: 'org_m', isSystem: false };
const submission = (changes: Partial<Submission> = {}): Submission => ({
  batchId: 'bat_1',
  sender,
  receivedAtMs: 1_431_857_103_000,
  unreadable: 2,
  events: [],
  ...changes,
});

function read(id: string, extra: unknown) {
  const data = { meters: { calls: '1.50', bytes: 7 }, extra };
  const attributes = { specversion: '1.0', id, source: '/s', type: 'hetao.usage.recorded', subject: 'agr_1' };
  const text = JSON.stringify({ ...attributes, time: '2015-05-17T10:05:03.123Z', data });
  const split = splitBody(Buffer.from(text), 'single');
  const slice = split.ok ? split.value[0] : undefined;
  const event = slice && readUsageEvent(slice, Date.UTC(2020, 0));
  return event?.ok ? [event.value] : [];
}

describe('a pack', () => {
  it('says after the log what it said before, whatever the data holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 40 }), fc.jsonValue()), { maxLength: 12 }),
        (drawn) => {
          const events = drawn.flatMap(([id, extra]) => read(id, extra));
          const [pack] = encodePacks(submission({ events }));
          const decoded = decodePack(pack?.value ?? Buffer.alloc(0));
          const plain = (one: Submission | undefined) =>
            canonicalJson(JSON.parse(JSON.stringify(one, (_, value: unknown) => value)) as JsonValue);
          expect(plain(decoded)).toBe(plain(submission({ events })));
          expect(decoded?.events.map((event) => event.quantities.map(({ quantity }) => quantity.toString()))).toEqual(
            events.map((event) => event.quantities.map(({ quantity }) => quantity.toString())),
          );
        },
      ),
    );
  });

  it('is one of several where a request is larger than what a broker takes as one record', () => {
    const events = Array.from({ length: 60 }, (_, at) => read(`e${at}`, 'x'.repeat(40_000))).flat();
    const packs = encodePacks(submission({ events }));
    expect(packs.map((pack) => pack.submission.batchId)).toEqual(['bat_1', 'bat_1.1', 'bat_1.2']);
    expect(packs.every(({ value }) => value.length < maxPackBytes + 1_000)).toBe(true);
    expect(packs.map((pack) => pack.submission.unreadable)).toEqual([2, 0, 0]);
    const decoded = packs.flatMap(({ value }) => decodePack(value)?.events ?? []);
    expect(decoded.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it.each([
    '',
    '{}',
    'no pack',
    '{"version":1,"batchId":"bat_1"}\nonly\tthree\tfields\n',
    '{"version":1,"batchId":"b"}\na\tb\tc\td\te\tf\n',
  ])('is not %j', (text) => {
    expect(decodePack(Buffer.from(text))).toBeUndefined();
  });
});

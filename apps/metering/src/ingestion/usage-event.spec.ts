import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, unwrap } from '@hetao/kernel';
import { splitBody } from './event-body.js';
import { maxAttributeLength, maxEventDepth, maxEventLength, maxMeters, readUsageEvent } from './usage-event.js';

const nowMs = Date.UTC(2026, 10, 22, 12);

const valid = {
  specversion: '1.0',
  id: 'log-1',
  source: '/merchants/log',
  type: 'hetao.usage.recorded',
  subject: 'agr_1',
  time: '2015-05-17T10:05:03Z',
  data: { meters: { calls: '1', bytes: '1234' } },
} as const;

function readText(text: string) {
  const [slice] = unwrap(splitBody(new TextEncoder().encode(text), 'either'));
  if (!slice) throw new Error('no event in the text');
  return readUsageEvent(slice, nowMs);
}

const read = (changes: object) => readText(JSON.stringify({ ...valid, ...changes }));
/** The event with the raw text of its data, for what JSON.stringify would never write. */
const readData = (data: string) => readText(JSON.stringify({ ...valid, data: '@' }).replace('"@"', data));
const refusal = (result: ReturnType<typeof readText>) =>
  result.ok ? 'accepted' : { code: result.error.error.code, pointer: result.error.error.pointer };

describe('readUsageEvent', () => {
  it('reads an event', () => {
    const event = unwrapEvent(read({}));
    expect(event).toMatchObject({ source: '/merchants/log', id: 'log-1', agreementId: 'agr_1' });
    expect(event.timeMs).toBe(Date.UTC(2015, 4, 17, 10, 5, 3));
    expect(event.quantities.map(({ meter, quantity }) => [meter, quantity.toString()])).toEqual([
      ['calls', '1'],
      ['bytes', '1234'],
    ]);
    expect(event.data).toBe('{"meters":{"bytes":"1234","calls":"1"}}');
  });

  it('reads what CloudEvents allows besides: extensions, a data content type, absent as null', () => {
    const extras = {
      datacontenttype: 'application/json; charset=utf-8',
      traceparent: '00-1',
      partition: 3,
      dataref: null,
    };
    expect(refusal(read(extras))).toBe('accepted');
  });

  it('takes the same payload from two writings of one event, and another from another event', () => {
    const payload = unwrapEvent(read({})).payload;
    const reordered = { time: '2015-05-17T18:05:03.000+08:00', data: { meters: { bytes: '1234', calls: '1' } } };
    expect(unwrapEvent(read(reordered)).payload).toBe(payload);
    expect(unwrapEvent(read({ traceparent: '00-2' })).payload).toBe(payload);
    expect(unwrapEvent(read({ subject: 'agr_2' })).payload).not.toBe(payload);
    expect(unwrapEvent(read({ time: '2015-05-17T10:05:03.001Z' })).payload).not.toBe(payload);
    expect(unwrapEvent(read({ data: { meters: { calls: '1', bytes: '1235' } } })).payload).not.toBe(payload);
    expect(unwrapEvent(read({ data: { ...valid.data, path: '/' } })).payload).not.toBe(payload);
  });

  it('keeps data as RFC 8785 writes it, by the short way and the long way alike', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (extra) => {
        const data = { ...extra, meters: { calls: '1' } };
        const result = read({ data });
        if (result.ok) expect(result.value.data).toBe(canonicalJson(JSON.parse(JSON.stringify(data))));
        else expect(refusal(result)).toMatchObject({ code: 'USAGE_EVENT_DATA_INVALID' });
      }),
    );
  });

  it.each(['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'])('misses %s', (name) => {
    expect(refusal(read({ [name]: undefined }))).toMatchObject({ pointer: `/${name}` });
    expect(refusal(read({ [name]: null }))).toMatchObject({ pointer: `/${name}` });
  });

  it.each([
    [{ specversion: '0.3' }, '/specversion'],
    [{ specversion: 1.0 }, '/specversion'],
    [{ id: '' }, '/id'],
    [{ id: 17 }, '/id'],
    [{ id: 'x'.repeat(maxAttributeLength + 1) }, '/id'],
    [{ id: 'a\u0000b' }, '/id'],
    [{ id: 'a\nb' }, '/id'],
    [{ source: 'a b' }, '/source'],
    [{ source: 'urn:\ud800' }, '/source'],
    [{ type: 'com.example.other' }, '/type'],
    [{ subject: ['agr_1'] }, '/subject'],
    [{ time: 'yesterday' }, '/time'],
    [{ time: '2015-02-30T00:00:00Z' }, '/time'],
    [{ time: 1431857103 }, '/time'],
    [{ datacontenttype: 'text/csv' }, '/datacontenttype'],
    [{ dataContent: 'x' }, '/dataContent'],
    [{ extension: { nested: true } }, '/extension'],
    [{ data_base64: 'e30=' }, '/data_base64'],
  ])('refuses the attribute in %j', (changes, pointer) => {
    expect(refusal(read(changes))).toEqual({ code: 'USAGE_EVENT_ATTRIBUTE_INVALID', pointer });
  });

  it.each([
    ['"text"', '/data'],
    ['[]', '/data'],
    ['{}', '/data/meters'],
    ['{"meters":[]}', '/data/meters'],
    ['{"meters":{}}', '/data/meters'],
    [
      `{"meters":${JSON.stringify(Object.fromEntries(Array.from({ length: maxMeters + 1 }, (_, i) => [`m${i}`, '1'])))}}`,
      '/data/meters',
    ],
    ['{"meters":{"Calls":"1"}}', '/data/meters'],
    ['{"meters":{"calls":"1"},"note":"\\u0000"}', '/data'],
    ['{"meters":{"calls":"1"},"note":["\\ud800"]}', '/data/note/0'],
    ['{"meters":{"calls":"1"},"ratio":1e999}', '/data/ratio'],
  ])('refuses the data %s', (data, pointer) => {
    expect(refusal(readData(data))).toEqual({ code: 'USAGE_EVENT_DATA_INVALID', pointer });
  });

  it.each([
    ['NaN', 'USAGE_EVENT_MALFORMED'],
    ['Infinity', 'USAGE_EVENT_MALFORMED'],
    ['"NaN"', 'USAGE_QUANTITY_INVALID'],
    ['1e308', 'USAGE_QUANTITY_INVALID'],
    ['1e999', 'USAGE_QUANTITY_INVALID'],
    ['1e3', 'USAGE_QUANTITY_INVALID'],
    ['1.0', 'USAGE_QUANTITY_INVALID'],
    ['0.1', 'USAGE_QUANTITY_INVALID'],
    ['9007199254740990.6', 'USAGE_QUANTITY_INVALID'],
    ['9007199254740993', 'USAGE_QUANTITY_INVALID'],
    ['1234567890123456789012345678901234567890', 'USAGE_QUANTITY_INVALID'],
    ['"1234567890123456789012345678901234567890"', 'USAGE_QUANTITY_TOO_LONG'],
    ['"0.1234567890123"', 'USAGE_QUANTITY_TOO_LONG'],
    ['-1', 'USAGE_QUANTITY_NEGATIVE'],
    ['"-0.5"', 'USAGE_QUANTITY_NEGATIVE'],
    ['"+1"', 'USAGE_QUANTITY_INVALID'],
    ['"1e3"', 'USAGE_QUANTITY_INVALID'],
    ['"1,000"', 'USAGE_QUANTITY_INVALID'],
    ['" 1"', 'USAGE_QUANTITY_INVALID'],
    ['"01"', 'USAGE_QUANTITY_INVALID'],
    ['""', 'USAGE_QUANTITY_INVALID'],
    ['"１"', 'USAGE_QUANTITY_INVALID'],
    [`"${'9'.repeat(10_000)}"`, 'USAGE_QUANTITY_INVALID'],
    ['null', 'USAGE_QUANTITY_INVALID'],
    ['true', 'USAGE_QUANTITY_INVALID'],
    ['["1"]', 'USAGE_QUANTITY_INVALID'],
    ['{"value":"1"}', 'USAGE_QUANTITY_INVALID'],
  ])('refuses the quantity %.60s as %s', (quantity, code) => {
    expect(refusal(readData(`{"meters":{"calls":${quantity}}}`))).toMatchObject({ code });
  });

  it.each([
    ['0', '0'],
    ['9007199254740991', '9007199254740991'],
    ['"0.10"', '0.1'],
    ['"123456789012345678901234.123456789012"', '123456789012345678901234.123456789012'],
  ])('reads the quantity %s exactly', (quantity, expected) => {
    const event = unwrapEvent(readData(`{"meters":{"calls":${quantity}}}`));
    expect(event.quantities[0]?.quantity.toString()).toBe(expected);
  });

  it('lets inexact numbers stand where they are no quantities', () => {
    expect(refusal(readData('{"latitude":22.518,"meters":{"calls":1}}'))).toBe('accepted');
  });

  it.each([
    ['{"meters":{"calls":"1","calls":"2"}}', '/data/meters/calls'],
    ['{"meters":{"calls":"1"},"meters":{"calls":"2"}}', '/data/meters'],
    ['{"meters":{"calls":"1"},"a":[{"b":1,"b":1}]}', '/data/a/0/b'],
  ])('refuses the repeated member in %s', (data, pointer) => {
    expect(refusal(readData(data))).toEqual({ code: 'USAGE_EVENT_DUPLICATE_KEY', pointer });
  });

  it('refuses a repeated attribute', () => {
    const text = JSON.stringify(valid).replace('"id":"log-1"', '"id":"log-1","id":"log-2"');
    expect(refusal(readText(text))).toEqual({ code: 'USAGE_EVENT_DUPLICATE_KEY', pointer: '/id' });
  });

  it.each(['[1]', '["text"]', '[null]', '[[]]', '[{"a":}]', "[{'a':1}]", '[{"a":1,}]', '[{} {}]'])(
    'refuses %s as malformed',
    (text) => {
      expect(refusal(readText(text))).toMatchObject({ code: 'USAGE_EVENT_MALFORMED' });
    },
  );

  it('bounds size and depth', () => {
    const padded = (length: number) => readData(`{"meters":{"calls":"1"},"note":"${'x'.repeat(length)}"}`);
    expect(refusal(padded(maxEventLength - 1000))).toBe('accepted');
    expect(refusal(padded(maxEventLength))).toMatchObject({ code: 'USAGE_EVENT_TOO_LARGE' });
    const nested = (depth: number) =>
      readData(`{"meters":{"calls":"1"},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(refusal(nested(maxEventDepth - 2))).toBe('accepted');
    expect(refusal(nested(maxEventDepth - 1))).toMatchObject({ code: 'USAGE_EVENT_TOO_DEEP' });
    expect(refusal(nested(30_000))).toMatchObject({ code: 'USAGE_EVENT_TOO_DEEP' });
  });

  it('tolerates a clock that runs five minutes ahead, and no more', () => {
    expect(refusal(read({ time: '2026-11-22T12:05:00.000Z' }))).toBe('accepted');
    expect(refusal(read({ time: '2026-11-22T12:05:00.001Z' }))).toEqual({
      code: 'USAGE_EVENT_IN_FUTURE',
      pointer: '/time',
    });
  });

  it('names the event in every refusal whose id could be read, with advice', () => {
    const result = read({ type: 'other' });
    if (result.ok) throw new Error('accepted');
    expect(result.error.id).toBe('log-1');
    expect(result.error.error.fix).not.toBe('');
  });

  it('never throws, whatever the text', () => {
    const mutated = fc
      .tuple(fc.nat(300), fc.string({ maxLength: 5 }), fc.nat(5))
      .map(([at, insert, cut]) => JSON.stringify(valid).slice(0, at) + insert + JSON.stringify(valid).slice(at + cut));
    fc.assert(
      fc.property(mutated, (text) => {
        const slices = splitBody(new TextEncoder().encode(`[${text}]`), 'batch');
        if (slices.ok) for (const slice of slices.value) expect(() => readUsageEvent(slice, nowMs)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

function unwrapEvent(result: ReturnType<typeof readText>) {
  if (result.ok) return result.value;
  throw new Error(result.error.error.detail);
}

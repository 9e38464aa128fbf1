import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { parseAccessLogLine, usageEventOf } from './access-log.js';

const LINE =
  '83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /presentations/kibana-search.png HTTP/1.1" 200 203023 ' +
  '"http://semicomplete.com/" "Mozilla/5.0 (Macintosh)"';
const detailOf = (line: string) => {
  const result = parseAccessLogLine(line, 42);
  return result.ok ? 'read' : result.error.detail;
};

describe('a line of an access log', () => {
  it('is read into what was used, when, by whom', () => {
    expect(unwrap(parseAccessLogLine(LINE, 1))).toEqual({
      lineNumber: 1,
      id: expect.stringMatching(/^log-00000001-[0-9a-f]{16}$/),
      time: '2015-05-17T10:05:03.000Z',
      ip: '83.149.9.216',
      status: 200,
      bytes: '203023',
      path: '/presentations/kibana-search.png',
    });
  });

  it('has the same id when it is read again, and another one elsewhere', () => {
    const id = (line: string, lineNumber: number) => unwrap(parseAccessLogLine(line, lineNumber)).id;
    expect(id(LINE, 7)).toBe(id(LINE, 7));
    expect(id(LINE, 7)).not.toBe(id(LINE, 8));
    expect(id(LINE, 7)).not.toBe(id(LINE.replace('203023', '203024'), 7));
  });

  it.each([
    ['200 -', { bytes: '0' }],
    ['304 0', { bytes: '0', status: 304 }],
    ['200 007', { bytes: '7' }],
    ['200 999999999999999999', { bytes: '999999999999999999' }],
  ])('reads the answer %s', (answer, expected) => {
    expect(unwrap(parseAccessLogLine(LINE.replace('200 203023', answer), 1))).toMatchObject(expected);
  });

  it.each([
    ['17/May/2015:10:05:03 +0800', '2015-05-17T02:05:03.000Z'],
    ['29/Feb/2016:23:59:59 -0330', '2016-03-01T03:29:59.000Z'],
  ])('takes the time %s to UTC', (stamp, time) => {
    const line = LINE.replace('17/May/2015:10:05:03 +0000', stamp);
    expect(unwrap(parseAccessLogLine(line, 1)).time).toBe(time);
  });

  it.each([
    ['GET /a?b=c HTTP/2', '/a?b=c'],
    ['GET /quote\\"d HTTP/1.0', '/quote\\"d'],
    ['-', '-'],
    ['\\x16\\x03\\x01', '\\x16\\x03\\x01'],
  ])('keeps the path of the request %j', (request, path) => {
    const line = LINE.replace('GET /presentations/kibana-search.png HTTP/1.1', request);
    expect(unwrap(parseAccessLogLine(line, 1)).path).toBe(path);
  });

  it('needs neither referrer nor a whole user agent', () => {
    expect(detailOf(LINE.slice(0, LINE.indexOf(' "http:')))).toBe('read');
    expect(detailOf(LINE.slice(0, -1))).toBe('read');
  });

  it.each([
    '',
    'not a log line',
    LINE.replace('"GET', 'GET'),
    LINE.replace('200', '20'),
    LINE.replace('203023', 'many'),
    LINE.replace('17/May/2015', '31/Apr/2015'),
    LINE.replace('May', 'Mai'),
    LINE.replace('10:05:03', '25:05:03'),
    LINE.replace(' +0000', ''),
    LINE.replace('kibana', 'x'.repeat(20_000)),
  ])('that cannot be read is named by its number: %.60s', (line) => {
    expect(detailOf(line)).toMatch(/^Line 42: .+\.$/);
  });

  it('becomes a usage event with one call and its bytes', () => {
    const entry = unwrap(parseAccessLogLine(LINE, 3));
    expect(usageEventOf(entry, { agreementId: 'agr_1', source: '/logs/web' })).toEqual({
      specversion: '1.0',
      id: entry.id,
      source: '/logs/web',
      type: 'hetao.usage.recorded',
      subject: 'agr_1',
      time: '2015-05-17T10:05:03.000Z',
      data: {
        caller: '83.149.9.216',
        meters: { bytes: '203023', calls: '1' },
        path: '/presentations/kibana-search.png',
        status: 200,
      },
    });
  });
});

describe('the sample log', () => {
  const lines = readFileSync(new URL('../../../samples/access-log/apache_logs', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

  it('is read whole: 10,000 lines with ids of their own, and as many bytes as its column adds up to', () => {
    const entries = lines.map((line, index) => unwrap(parseAccessLogLine(line, index + 1)));
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(10_000);
    const column = lines
      .map((line) => /" \d{3} (\d+|-)/.exec(line)?.[1] ?? '')
      .map((text) => (text === '-' ? 0 : Number(text)));
    const total = column.reduce((sum, bytes) => sum + bytes, 0);
    expect(entries.reduce((sum, entry) => sum + Number(entry.bytes), 0)).toBe(total);
    expect(total).toBe(2_747_282_740);
    const times = entries.map((entry) => entry.time).sort();
    expect([times[0], times.at(-1)]).toEqual(['2015-05-17T10:05:00.000Z', '2015-05-20T21:05:59.000Z']);
  });
});

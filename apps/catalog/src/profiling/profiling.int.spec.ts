import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckdbSession, QueryRefused, SessionEnded, type SessionLimits } from './duckdb.session.js';
import { writeReadable } from './file.reader.js';
import type { ProfileFormat } from './profile.js';
import type { ProfileResult } from './profile.result.js';
import { profileTable } from './table.profiler.js';

const MB = 1024 * 1024;
const today = new Date('2026-03-01T00:00:00Z');
let folder: string;
let session: DuckdbSession | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-profiling-'));
});
afterEach(async () => {
  session?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (path: string, limits: Partial<SessionLimits> = {}) =>
  (session = new DuckdbSession(
    {
      files: [path],
      tempDir: folder,
      memoryBytes: 256 * MB,
      tempBytes: 256 * MB,
      threads: 2,
      timeMs: 25_000,
      ...limits,
    },
    () => undefined,
  ));

async function* piecesOf(bytes: Buffer, size = 1_000): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

/** What profiling the bytes gives: the result, or the code and detail of its refusal. */
async function profile(bytes: Buffer | string, format: ProfileFormat = 'csv', encoding: string | null = null) {
  const path = join(folder, `file.${format}`);
  const written = await writeReadable(piecesOf(Buffer.from(bytes)), { path, format, encoding });
  if (!written.ok) return { code: written.error.code, detail: written.error.detail };
  const file = { path, format, encoding: written.value, bytes: bytes.length, renewedEveryDays: 30, today };
  const profiled = await profileTable(open(path), file);
  return profiled.ok ? profiled.value : { code: profiled.error.code, detail: profiled.error.detail };
}

const columnsOf = (result: unknown) => (result as ProfileResult).columns;
const scoresOf = (result: unknown) =>
  Object.fromEntries((result as ProfileResult).quality.map(({ dimension, score }) => [dimension, score]));

const visits = [
  '患者姓名,手机,金额(元),visited,code,diagnosis',
  '王小明,13800138000,1.50,2026-01-30,007,E11.9',
  '李雷,13900139000,2.50,2026-01-31,008,I10',
  '韩梅梅,13700137000,,2026-01-31,009,E11.9',
  '赵敏,13700137001,4.00,2026-01-31,010,',
];

describe('a CSV file', () => {
  it('gives a draft of its dictionary, statistics of every column and figures of quality', async () => {
    const result = await profile(`${visits.join('\n')}\n`);
    expect(result).toMatchObject({
      encoding: 'utf-8',
      rows: 4,
      brokenLines: 0,
      mistypedLines: 0,
      assessedOn: '2026-03-01',
    });
    const [name, mobile, amount, visited, code, diagnosis] = columnsOf(result);
    expect(name).toMatchObject({
      type: 'text',
      filled: 4,
      min: null,
      max: null,
      guess: { form: 'chinese_name', personal: true },
    });
    expect(mobile).toMatchObject({
      type: 'text',
      following: 4,
      min: null,
      guess: { form: 'cn_mobile', personal: true },
    });
    expect(amount).toMatchObject({
      type: 'decimal',
      filled: 3,
      missing: 1,
      min: '1.5',
      max: '4.0',
      guess: { unit: 'CNY' },
    });
    expect(Number(amount?.mean)).toBeCloseTo(8 / 3, 9);
    expect(amount?.quartiles?.[1]).toBe('2.5');
    expect(visited).toMatchObject({ type: 'date', min: '2026-01-30', max: '2026-01-31' });
    expect(code).toMatchObject({ type: 'text', min: '007', longest: 3 });
    expect(diagnosis).toMatchObject({
      guess: { health: true, sensitive: true, form: 'icd10' },
      following: 3,
      filled: 3,
    });
    expect(scoresOf(result)).toEqual({
      normativity: '100.00',
      completeness: '91.66',
      accuracy: '100.00',
      consistency: '100.00',
      timeliness: '100.00',
      accessibility: '100.00',
    });
  });

  it('with ragged rows and wrong types is read as far as it can be, and says which lines it could not', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at},${at * 2},x`);
    const result = await profile(['id,n,t', ...rows, '41,1', '42,2,y,z', '43,zwei,q', '44,88,x'].join('\n'));
    expect(result).toMatchObject({ rows: 41, brokenLines: 2, mistypedLines: 1, firstBadLine: 42 });
    expect(scoresOf(result)).toMatchObject({ accuracy: '97.72', accessibility: '95.45' });
  });

  it('whose rows repeat is less consistent', async () => {
    expect(scoresOf(await profile(`a,b\n${'1,2\n'.repeat(3)}3,4\n`))).toMatchObject({ consistency: '50.00' });
  });

  it.each([
    ['gb18030', Buffer.from('b1e0bac52cd0d5c3fb0a312ccdf5d0a1c3f70a322cc0eec0d70a', 'hex'), ['编号', '姓名']],
    [
      'big5',
      Buffer.from(
        'bd73b8b92ca96da6572ca661a77d0a312cb3afa46aa4e52cadbbb4e4a445c0730a322ca7f5a470a9fa2cadbbb4e4a4a4c0f40a',
        'hex',
      ),
      ['編號', '姓名', '地址'],
    ],
    [
      'utf-16le',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('编号,姓名\n1,王小明\n', 'utf16le')]),
      ['编号', '姓名'],
    ],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('编号,姓名\n1,王小明\n')]), ['编号', '姓名']],
  ])('in %s is read as what it says', async (encoding, bytes, names) => {
    const result = await profile(bytes);
    expect(result).toMatchObject({ encoding });
    expect(columnsOf(result).map(({ name }) => name)).toEqual(names);
  });
});

describe('JSON Lines and Parquet', () => {
  it('are profiled like a CSV file, what is nested as one column', async () => {
    const result = await profile(
      '{"id":1,"who":{"name":"x"},"day":"2026-01-02"}\n{"id":2,"who":null,"day":"2026-01-03"}\n',
      'jsonl',
    );
    expect(columnsOf(result).map(({ name, type, filled }) => [name, type, filled])).toEqual([
      ['id', 'integer', 2],
      ['who', 'nested', 1],
      ['day', 'date', 2],
    ]);
  });

  it('Parquet is read as it is', async () => {
    const path = join(folder, 'made.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT i AS id, 'a' || i || '@b.cn' AS mail, [i] AS list FROM range(1000) t(i)) TO '${path}' (FORMAT parquet)`,
    );
    const limits = open(path);
    const result = await profileTable(limits, {
      path,
      format: 'parquet',
      encoding: null,
      bytes: 9,
      renewedEveryDays: null,
      today,
    });
    expect(result).toMatchObject({ ok: true, value: { rows: 1000, encoding: null } });
    const [id, mail, list] = columnsOf(result.ok ? result.value : undefined);
    expect([id?.type, id?.max, mail?.guess.form, mail?.following, list?.type]).toEqual([
      'integer',
      '999',
      'email',
      1000,
      'nested',
    ]);
  });
});

describe('bad files are refused with the reason', () => {
  const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]);
  it.each([
    ['nothing at all', '', 'csv', 'PROFILE_EMPTY', 'no bytes'],
    ['a header without rows', 'a,b,c\n', 'csv', 'PROFILE_EMPTY', 'no rows'],
    ['a ZIP, a bomb or not', zip, 'csv', 'PROFILE_COMPRESSED', 'ZIP'],
    ['a gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'jsonl', 'PROFILE_COMPRESSED', 'gzip'],
    ['Parquet said to be CSV', 'PAR1xxxxPAR1', 'csv', 'PROFILE_FORMAT_WRONG', 'Parquet'],
    ['CSV said to be Parquet', 'a,b\n1,2\n', 'parquet', 'PROFILE_FORMAT_WRONG', 'PAR1'],
    ['Parquet that is none', `PAR1${'\0'.repeat(60)}PAR1`, 'parquet', 'PROFILE_UNREADABLE', ''],
    ['NUL bytes', 'a,b\n1,2\n3,\0\n', 'csv', 'PROFILE_NUL_BYTES', 'line 3'],
    [
      'noise',
      Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + 1) % 256)),
      'csv',
      'PROFILE_ENCODING_UNCLEAR',
      'not UTF-8',
    ],
    ['broken JSON', '{"a":1}\n{"a":\n', 'jsonl', 'PROFILE_UNREADABLE', 'JSON'],
    [
      'rows that do not fit the header',
      `a,b\n1,2\n${'1,2,3\n'.repeat(9)}`,
      'csv',
      'PROFILE_ROWS_BROKEN',
      'lines do not fit',
    ],
  ] as const)('%s', async (...[, bytes, format, code, told]) => {
    const refused = (await profile(bytes, format)) as { code: string; detail: string };
    expect(refused.code).toBe(code);
    expect(refused.detail).toContain(told);
    expect(refused.detail).not.toContain(folder);
  });

  it('a text that leaves its encoding on the way, with where', async () => {
    const bytes = Buffer.concat([Buffer.from(`a\n${'1\n'.repeat(150_000)}`), Buffer.from([0xff, 0x0a])]);
    expect(await profile(bytes)).toMatchObject({
      code: 'PROFILE_ENCODING_BROKEN',
      detail: expect.stringContaining('utf-8'),
    });
  });

  it('too many columns', async () => {
    const header = Array.from({ length: 2_001 }, (_, at) => `c${at}`).join(',');
    const refused = await profile(`${header}\n${'1,'.repeat(2_000)}1\n`);
    expect(refused).toMatchObject({ code: 'PROFILE_TOO_WIDE' });
  });
});

describe('the process that measures', () => {
  it('reads its file and nothing else, and stays so', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'a\n1\n');
    await writeFile(join(folder, '..', 'other.csv'), 'a\n1\n');
    const duck = open(path);
    await expect(duck.query(`SELECT * FROM read_csv('${path}')`)).resolves.toEqual([{ a: '1' }]);
    for (const sql of [
      `SELECT * FROM read_csv('/etc/passwd')`,
      `SELECT * FROM read_text('/proc/self/environ')`,
      `COPY (SELECT 1) TO '/tmp/hetao-out.csv'`,
      `ATTACH '/tmp/hetao.db'`,
      `INSTALL httpfs`,
      `SET enable_external_access = true`,
      `SET memory_limit = '64GB'`,
    ]) {
      await expect(duck.query(sql)).rejects.toThrow(QueryRefused);
    }
  });

  it('is ended by its time', async () => {
    const duck = open('/nowhere', { timeMs: 400 });
    await expect(duck.query('SELECT sum(hash(i)) FROM range(200000000000) t(i)')).rejects.toMatchObject({
      why: 'time',
    });
    await expect(duck.query('SELECT 1')).rejects.toThrow(SessionEnded);
  });

  it('is held to its memory, and refuses what needs more', async () => {
    const duck = open('/nowhere', { memoryBytes: 64 * MB, tempBytes: 64 * MB });
    const told = /out of memory|memory/i;
    await expect(duck.query(`SELECT len(list(i || repeat('x', 100))) FROM range(20000000) t(i)`)).rejects.toThrow(told);
    await expect(duck.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('lets a stop end it at once', async () => {
    const duck = open('/nowhere');
    const asked = duck.query('SELECT sum(hash(i)) FROM range(200000000000) t(i)');
    duck.close();
    await expect(asked).rejects.toMatchObject({ why: 'stopped' });
  });
});

import { createServer as createHttpServer, request as openRequest, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { callerToken, emptyDatabase, eventually, testCallerKeys, type EmptyDatabase } from '@hetao/testing';
import { CALLER_HEADER } from '../src/index.js';
import { merchant, send } from './notes-client.js';
import { runNotes } from './notes-process.js';

interface Span {
  readonly trace_id: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

let database: EmptyDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  database = await emptyDatabase();
  const { publicKeys } = await testCallerKeys();
  env = {
    DATABASE_URL: database.url,
    CALLER_PUBLIC_KEY: JSON.stringify(publicKeys),
    TRANSPORT: 'embedded',
    PORT: '0',
  };
});
afterAll(() => database.drop());

describe('A service as a process', () => {
  it('names every missing and wrong setting at once, shows no secret, and exits with 78', async () => {
    const { ended } = runNotes({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://root:hunter2@db/notes',
      NOTES_SECRET: 'hunter3',
      NOTES_MAX: '0',
    });
    const { code, stderr } = await ended;
    expect(code).toBe(78);
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'DATABASE_URL',
      'CALLER_PUBLIC_KEY',
      'KAFKA_BROKERS',
      'NOTES_SECRET',
      'NOTES_MAX',
    ]) {
      expect(stderr).toContain(`  ${name}: `);
    }
    expect(stderr).toContain('has 7 problems');
    expect(stderr).toContain('CALLER_PUBLIC_KEY: is required and not set');
    expect(stderr).not.toMatch(/hunter|\n {4}at /);
  });

  it('says which port is taken and exits with 1', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { code, stderr } = await runNotes({ ...env, PORT: String(port) }).ended;
    occupant.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(stderr).toContain('set PORT');
    expect(stderr).not.toContain('    at ');
  });

  it('says that the database refuses it, without its password', async () => {
    const url = Object.assign(new URL(database.url), { pathname: '/no_such_database', password: 'hunter2' });
    const { code, stderr } = await runNotes({ ...env, DATABASE_URL: url.href }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The database refused the connection');
    expect(stderr).not.toContain('hunter2');
  });

  it('refuses a command it does not know', async () => {
    const { code, stderr } = await runNotes(env, ['migrat']).ended;
    expect([code, stderr]).toEqual([64, expect.stringContaining('"migrat"')]);
  });

  it('migrates and ends; reads secrets from files; serves; stops on one signal with exit 0', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hetao-secrets-'));
    await writeFile(join(folder, 'database-url'), `${database.url}\n`);
    const fromFile = { ...env, DATABASE_URL: '', DATABASE_URL_FILE: join(folder, 'database-url') };
    const migrated = await runNotes({ DATABASE_URL_FILE: fromFile.DATABASE_URL_FILE }, ['migrate']).ended;
    expect([migrated.code, migrated.stderr]).toEqual([0, '']);
    expect(migrated.stdout).toMatch(/"applied":\d+.*up to date/);

    const traces = join(folder, 'traces.jsonl');
    const notes = runNotes({ ...fromFile, MIGRATE: 'off', OTEL_TRACES_FILE: traces, OTEL_BSP_SCHEDULE_DELAY: '100' });
    const url = await notes.url();
    const written = await send(url, 'POST', '/v1/notes', {
      as: merchant,
      json: { text: 'traced' },
      headers: { 'idempotency-key': 'trace-1' },
    });
    expect(written.status).toBe(201);
    await eventually(async () => {
      const { text } = await send(url, 'GET', '/metrics');
      expect(text).toMatch(/hetao_events_handled_total{[^}]*outcome="handled"[^}]*} 1/);
    });
    notes.child.kill('SIGTERM');
    const end = await notes.ended;
    expect([end.code, end.stderr]).toEqual([0, '']);
    expect(end.stdout).toContain('Stopped');

    const spans = (await readFile(traces, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Span);
    const request = spans.find((span) => span.name === 'POST /v1/notes');
    const ofRequest = spans.filter((span) => span.trace_id === request?.trace_id).map((span) => span.name);
    expect(ofRequest).toEqual(expect.arrayContaining([expect.stringMatching(/^pg\.query:COMMIT/)]));
    // The handler's SQL belongs to the trace of the request that caused the event.
    const handled = spans.filter((span) => JSON.stringify(span.attributes).includes('INTO readings'));
    expect(handled.map((span) => span.trace_id)).toEqual([request?.trace_id]);
    const logLine = end.stdout.split('\n').find((line) => line.includes('"route":"/v1/notes"'));
    expect(JSON.parse(logLine ?? '{}')).toMatchObject({
      trace_id: request?.trace_id,
      status: 201,
      organisation: 'org_lingnan',
    });
  });

  it('sends its spans to a collector', async () => {
    const received: string[] = [];
    const collector = createHttpServer((request, response) => {
      received.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      request.resume();
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const notes = runNotes({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    await send(await notes.url(), 'GET', '/v1/notes', { as: merchant });
    // A stop sends what still waits.
    notes.child.kill('SIGTERM');
    expect((await notes.ended).code).toBe(0);
    collector.close();
    expect(received[0]).toMatch(/^POST \/v1\/traces application\/(json|x-protobuf)$/);
  });

  it('ends with 1 and a clear log after an error that nobody caught', async () => {
    const notes = runNotes(env);
    await send(await notes.url(), 'GET', '/v1/notes/broken/process');
    const { code, stdout } = await notes.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/"level":"fatal".*This is caught by nobody\..*An error was caught by nobody/);
  });

  it('says that another process serves the database already', async () => {
    const first = runNotes(env);
    await first.url();
    const { code, stderr } = await runNotes(env).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('Another process already serves this database')]);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
  });

  it('ends with 1 when its transport cannot go on: another process took the database over', async () => {
    const notes = runNotes(env);
    await notes.url();
    const rival = new pg.Client({ connectionString: database.url });
    await rival.connect();
    const { rows } = await rival.query<{ pid: number; key: string }>(
      `SELECT pid, (classid::bigint << 32 | objid::bigint)::text AS key FROM pg_locks
       WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(rows).toHaveLength(1);
    // Queued first, so that the lock is the rival's at the very moment the holder's session ends.
    const taken = rival.query('SELECT pg_advisory_lock($1)', [rows[0]?.key]);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await taken;
    const { code, stdout } = await notes.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /"level":"fatal".*in use by another process.*A part the process cannot live without has failed/,
    );
    await Promise.all([rival.end(), other.end()]);
  });

  it('finishes what it has begun when it is asked to go', async () => {
    const notes = runNotes(env);
    const text = 'half of this came before the signal';
    const url = await notes.url();
    const [begun, end] = await halfSent(`${url}/v1/notes`, { text });
    await begun;
    notes.child.kill('SIGTERM');
    await eventually(() => expect(send(url, 'GET', '/livez')).rejects.toThrow());
    const answer = await end();
    expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close']);
    expect(await notes.ended).toMatchObject({ code: 0, stderr: '' });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM notes.notes WHERE text = $1', [text]);
    await client.end();
    expect(rowCount).toBe(1);
  });

  it('stops at once on a second signal', async () => {
    const notes = runNotes({ ...env, SHUTDOWN_DELAY_MS: '60000' });
    await notes.url();
    notes.child.kill('SIGTERM');
    await eventually(() => expect(notes.stdout()).toContain('Stopping'));
    notes.child.kill('SIGTERM');
    expect((await notes.ended).code).toBe(130);
  });
});

/** Sends half a body once the service has taken the request up; the rest when it is told to. */
async function halfSent(
  url: string,
  body: object,
): Promise<[begun: Promise<unknown>, end: () => Promise<IncomingMessage>]> {
  const json = JSON.stringify(body);
  const half = json.length / 2;
  const headers = {
    [CALLER_HEADER]: await callerToken(merchant),
    'content-type': 'application/json',
    'content-length': String(json.length),
    'idempotency-key': 'half-1',
    expect: '100-continue',
  };
  const request = openRequest(url, { method: 'POST', headers, agent: false });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const begun = once(request, 'continue').then(() => request.write(json.slice(0, half)));
  request.flushHeaders();
  const end = async (): Promise<IncomingMessage> => {
    request.end(json.slice(half));
    const [answer] = await answered;
    answer.resume();
    return answer;
  };
  return [begun, end];
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { openDatabase } from '@hetao/persistence';
import { emptyDatabase, eventually } from '@hetao/testing';
import { proxyTo } from './database-proxy.js';
import { merchant, startNotes, type Answer, type RunningNotes } from './notes-client.js';
import { handlerGate, requestGate } from './notes/gates.js';
import { notesService } from './notes/notes.definition.js';

const running: (() => Promise<void>)[] = [];

async function notesWith(options: Parameters<typeof startNotes>[0] = {}): Promise<RunningNotes> {
  const notes = await startNotes(options);
  running.push(() => notes.stop());
  return notes;
}

afterEach(async () => {
  requestGate.open();
  handlerGate.open();
  for (const stop of running.splice(0)) await stop();
});

const write = (notes: RunningNotes, text: string): Promise<Answer> =>
  notes.send('POST', '/v1/notes', { as: merchant, json: { text }, headers: { 'idempotency-key': newId('key') } });

const openNotes = (url: string) =>
  openDatabase({
    url,
    schema: notesService.schema,
    entities: notesService.entities,
    migrations: notesService.allMigrations,
    applicationName: 'spec',
    poolSize: 2,
  });

describe('Stopping', () => {
  it('says so first, then finishes requests and handlers, then closes', async () => {
    const database = await emptyDatabase();
    const notes = await notesWith({ databaseUrl: database.url, shutdownDelayMs: 400 });
    handlerGate.close();
    await write(notes, 'its handler is in flight');
    await handlerGate.reached;
    requestGate.close();
    const inFlight = write(notes, 'its request is in flight');
    await requestGate.reached;

    const stopped = notes.service.stop();
    const draining = await notes.send('GET', '/readyz');
    expect([draining.status, draining.body.phase]).toEqual([503, 'draining']);
    const served = await notes.send('GET', '/v1/notes/open/greeting');
    // Who is answered comes back on a connection of somebody else's.
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    expect((await notes.send('GET', '/livez')).status).toBe(200);
    await eventually(() => expect(notes.send('GET', '/livez')).rejects.toThrow());

    requestGate.open();
    const answer = await inFlight;
    expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
    handlerGate.open();
    await stopped;

    const after = await openNotes(database.url);
    const readings = await after.withClient((client) => client.query('SELECT length FROM readings'));
    expect(readings.rows).toContainEqual({ length: 'its handler is in flight'.length });
    const unread = await after.withClient((client) => client.query('SELECT count(*)::int AS count FROM notes'));
    expect(unread.rows).toEqual([{ count: 3 }]);
    await after.close();
    await database.drop();
  });

  it('answers 503 to a request that was on its way when the stop began', async () => {
    const notes = await notesWith();
    requestGate.close();
    const slow = write(notes, 'holds the server open');
    await requestGate.reached;
    const { hostname, port } = new URL(notes.service.url);
    const late = connect(Number(port), hostname);
    await once(late, 'connect');
    late.write('GET /v1/notes HTTP/1.1\r\nHost: notes\r\n');
    // The server has read the half request once it has answered one that was sent after it.
    expect((await notes.send('GET', '/livez')).status).toBe(200);

    const stopped = notes.service.stop();
    await eventually(() => expect(notes.send('GET', '/livez')).rejects.toThrow());
    late.write('\r\n');
    const [answer] = (await once(late, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*"code":"SERVICE_STOPPING"/i);
    requestGate.open();
    expect((await slow).status).toBe(201);
    await stopped;
  });

  it('cuts requests that do not end within the grace period', async () => {
    const notes = await notesWith({ shutdownTimeoutMs: 200 });
    requestGate.close();
    const hanging = write(notes, 'never ends');
    hanging.catch(() => undefined);
    await requestGate.reached;
    const stopped = notes.service.stop();
    await expect(hanging).rejects.toThrow();
    requestGate.open();
    await stopped;
  });
});

describe('Work that takes longer than its limit', () => {
  it('gets 503, and its answer by repeating the request with the same key', async () => {
    const notes = await startNotes({}, { ...notesService, handlerTimeoutMs: 300 });
    running.push(() => notes.stop());
    requestGate.close();
    const key = { 'idempotency-key': newId('key') };
    const send = () => notes.send('POST', '/v1/notes', { as: merchant, json: { text: 'slow' }, headers: key });
    const late = await send();
    expect([late.status, late.body.code, late.headers.get('retry-after')]).toEqual([503, 'REQUEST_TIMED_OUT', '2']);
    requestGate.open();
    await eventually(async () => {
      const again = await send();
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    });
  });
});

describe('A database that is lost while the service runs', () => {
  it('makes it answer 503 and unready, stay alive, and go on by itself afterwards', async () => {
    const database = await emptyDatabase();
    const proxy = await proxyTo(database.url);
    const notes = await notesWith({ databaseUrl: proxy.url });
    expect((await write(notes, 'before')).status).toBe(201);
    expect((await notes.send('GET', '/readyz')).status).toBe(200);

    await proxy.cut();
    const lost = await write(notes, 'meanwhile');
    expect([lost.status, lost.body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
    expect(lost.headers.get('retry-after')).toBe('2');
    expect(JSON.stringify(lost.body)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
    const unready = await notes.send('GET', '/readyz');
    expect([unready.status, unready.body.checks['database']?.ok]).toEqual([503, false]);
    expect((await notes.send('GET', '/livez')).status).toBe(200);
    expect((await notes.send('GET', '/metrics')).status).toBe(200);

    await proxy.restore();
    await eventually(async () => expect((await write(notes, newId('txt'))).status).toBe(201));
    await eventually(async () => expect((await notes.send('GET', '/readyz')).status).toBe(200), { withinMs: 15_000 });
    const { body } = await notes.send('GET', '/v1/notes?contains=meanwhile', { as: merchant });
    expect(body.data).toEqual([]);
    await notes.service.stop();
    await proxy.cut();
    await database.drop();
  });
});

describe('Migrations that somebody else runs', () => {
  it('keep the service unready and its routes closed until they are done', async () => {
    const database = await emptyDatabase();
    const notes = await notesWith({ databaseUrl: database.url, migrate: 'off' });
    const pending = await notes.send('GET', '/readyz');
    expect([pending.status, pending.body.checks['migrations']?.detail]).toEqual([
      503,
      expect.stringContaining('CreateNotes1763900000000'),
    ]);
    const early = await write(notes, 'too early');
    expect([early.status, early.body.code]).toEqual([503, 'SERVICE_STARTING']);
    expect((await notes.send('GET', '/livez')).status).toBe(200);

    const elsewhere = await openNotes(database.url);
    await elsewhere.migrate();
    await elsewhere.close();
    await eventually(async () => expect((await notes.send('GET', '/readyz')).status).toBe(200), { withinMs: 10_000 });
    expect((await write(notes, 'in time')).status).toBe(201);
    const { body } = await notes.send('GET', '/v1/notes?contains=Welcome', { as: merchant });
    expect(body.data.map((note) => note.organisation_id)).toEqual(['org_house']);
    await notes.service.stop();
    await database.drop();
  });
});

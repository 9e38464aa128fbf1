import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually, manualClock } from '@hetao/testing';
import type { OpenAPIObject } from '@nestjs/swagger';
import { routesOf } from '../src/index.js';
import { pruneAnswers } from '../src/idempotency/idempotency-keys.js';
import { merchant, startNotes, type Answer, type RunningNotes } from './notes-client.js';
import { requestGate } from './notes/gates.js';

const clock = manualClock('2026-11-22T08:00:00Z');
let notes: RunningNotes;

beforeAll(async () => {
  notes = await startNotes({ clock });
});
afterAll(() => notes.stop());
afterEach(() => requestGate.open());

const write = (text: string, key: string | undefined, as = merchant): Promise<Answer> =>
  notes.send('POST', '/v1/notes', { as, json: { text }, headers: key === undefined ? {} : { 'idempotency-key': key } });

async function countNotes(text: string): Promise<number> {
  return notes.service.database.withClient(async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM notes WHERE text = $1', [
      text,
    ]);
    return rows[0]?.count ?? -1;
  });
}

describe('A request with an Idempotency-Key', () => {
  it('has its effect once, and gets the first answer again', async () => {
    const key = newId('key');
    const first = await write('once', key);
    const again = await write('once', key);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, 'false']);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('etag')).toBe('"v1"');
    expect(await countNotes('once')).toBe(1);
  });

  it('takes the quoted form of the draft as the same key', async () => {
    const key = newId('key');
    const first = await write('quoted', key);
    expect((await write('quoted', `"${key}"`)).body).toEqual(first.body);
  });

  it('is required, and has to be printable', async () => {
    const missing = await write('no key', undefined);
    expect([missing.status, missing.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
    const endless = await write('long key', 'k'.repeat(201));
    expect([endless.status, endless.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MALFORMED']);
    expect(await countNotes('no key')).toBe(0);
  });

  it('is refused for another body', async () => {
    const key = newId('key');
    await write('body one', key);
    const other = await write('body two', key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await countNotes('body two')).toBe(0);
  });

  it('belongs to one tenant', async () => {
    const key = newId('key');
    await write('tenant one', key);
    const other = await write('tenant two', key, { ...merchant, organisationId: 'org_other' });
    expect([other.status, other.body.organisation_id]).toEqual([201, 'org_other']);
  });

  it('answers 409 to a rival while it is still worked on, and the same answer afterwards', async () => {
    const key = newId('key');
    requestGate.close();
    const slow = write('raced', key);
    await requestGate.reached;
    const rival = await write('raced', key);
    expect([rival.status, rival.body.code, rival.headers.get('retry-after')]).toEqual([
      409,
      'IDEMPOTENCY_IN_PROGRESS',
      '1',
    ]);
    requestGate.open();
    const first = await slow;
    expect(first.status).toBe(201);
    expect((await write('raced', key)).body).toEqual(first.body);
    expect(await countNotes('raced')).toBe(1);
  });

  it('has one effect among twenty at once', async () => {
    const key = newId('key');
    const answers = await Promise.all(Array.from({ length: 20 }, () => write('stampede', key)));
    const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    expect(ids.size).toBe(1);
    expect(answers.every((answer) => answer.status === 201 || answer.body.code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(
      true,
    );
    expect(await countNotes('stampede')).toBe(1);
  });

  it('stores nothing of a failure, so that the request can be mended under the same key', async () => {
    const key = newId('key');
    expect((await write('forbidden', key)).status).toBe(409);
    const mended = await write('allowed', key);
    expect([mended.status, mended.headers.get('idempotency-replayed')]).toEqual([201, 'false']);
  });

  it('publishes its event when, and only when, it commits', async () => {
    await write('a forbidden event of its own length', newId('key'));
    const { body } = await write('an event of quite another length', newId('key'));
    const lengths = ['a forbidden event of its own length', 'an event of quite another length'].map(
      (text) => text.length,
    );
    await eventually(async () => {
      const readings = await notes.service.database.withClient((client) =>
        client.query('SELECT note_id FROM readings WHERE length = ANY ($1)', [lengths]),
      );
      expect(readings.rows).toEqual([{ note_id: body.id }]);
    });
  });

  it('rolls the effect back when its answer cannot be stored', async () => {
    await notes.service.database.withClient((client) =>
      client.query(`ALTER TABLE idempotency_keys ADD CONSTRAINT full_disk CHECK (key <> 'unstorable')`),
    );
    expect((await write('unstorable', 'unstorable')).status).toBe(500);
    expect(await countNotes('unstorable')).toBe(0);
  });

  it('is forgotten after 24 hours, and swept away', async () => {
    const key = newId('key');
    await write('yesterday', key);
    clock.advance({ hours: 23, minutes: 59 });
    expect((await write('today', key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    clock.advance({ minutes: 2 });
    expect((await write('today', key)).status).toBe(201);
    clock.advance({ hours: 25 });
    expect(await pruneAnswers(notes.service.database, clock.now())).toBeGreaterThan(0);
    expect(await pruneAnswers(notes.service.database, clock.now())).toBe(0);
  });
});

describe('A step that honours a key', () => {
  const seal = (id: string, key?: string): Promise<Answer> =>
    notes.send('POST', `/v1/notes/${id}/seal`, {
      as: merchant,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const written = async (text: string): Promise<string> => (await write(text, newId('key'))).body.id;

  it('is taken without a key, and refused the second time', async () => {
    const id = await written('sealed by hand');
    const first = await seal(id);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect((await seal(id)).body.code).toBe('NOTE_SEALED');
  });

  it('is answered again under its key as it was the first time', async () => {
    const [id, key] = [await written('sealed under a key'), newId('key')];
    const first = await seal(id, key);
    const again = await seal(id, key);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, 'false']);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect([again.body, again.body.version]).toEqual([first.body, 2]);
    expect((await seal(id, newId('key'))).body.code).toBe('NOTE_SEALED');
  });

  it('is refused as without one, and nothing is kept of the refusal', async () => {
    const key = newId('key');
    expect((await seal(newId('nte'), key)).body.code).toBe('NOTE_NOT_FOUND');
    const malformed = await seal(await written('sealed under a long key'), 'k'.repeat(201));
    expect([malformed.status, malformed.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MALFORMED']);
    expect((await seal(await written('another note'), key)).status).toBe(200);
  });

  it('says in the document that a key may be sent', async () => {
    const { body } = await notes.send('GET', '/openapi.json');
    const { paths } = body as unknown as OpenAPIObject;
    const keyOf = (path: string) =>
      paths[path]?.post?.parameters?.find((one) => 'name' in one && one.name === 'Idempotency-Key');
    expect(keyOf('/v1/notes/{id}/seal')).toMatchObject({ in: 'header', required: false });
    expect(keyOf('/v1/notes')).toMatchObject({ in: 'header', required: true });
    const honouring = routesOf(notes.service.app).filter(({ honoursKey }) => honoursKey);
    expect(honouring.map(({ operation }) => operation).sort()).toEqual(['sealNote', 'writeNote']);
  });
});

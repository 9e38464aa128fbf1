import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import {
  decodeEntries,
  leafHash,
  lookAtLog,
  merkleRoot,
  openCheckpoint,
  verifyConsistency,
  verifyInclusion,
  type Checkpoint,
} from '@hetao/proofs';
import { routesOf } from '@hetao/runtime';
import { LogRepository } from '../src/log/log.repository.js';
import { SealLog } from '../src/log/seal-log.use-cases.js';
import { startAttestation, type RunningAttestation } from './running-attestation.js';

const LOG = '/v1/attestation-log';
let app: RunningAttestation;
beforeAll(async () => {
  app = await startAttestation();
});
afterAll(() => app.stop());

const append = (count: number, name = newId('key')): Promise<void> => appendTo(app, count, name);

async function appendTo(to: RunningAttestation, count: number, name = newId('key')): Promise<void> {
  const entries = Array.from({ length: count }, (_, i) =>
    new TextEncoder().encode(`{"kind":"test","n":"${name}-${i}"}`),
  );
  const keys = entries.map((_, i) => `${name}-${i}`);
  await to.service.uow.run((tx) => to.service.app.get(LogRepository).enqueueBytes(tx, keys, entries));
}
const seal = (): Promise<number> => app.service.app.get(SealLog).execute();

async function head(): Promise<Checkpoint> {
  const opened = await openCheckpoint(await app.text(`${LOG}/checkpoint`), { logs: [app.logKey] });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}
const json = async (path: string) =>
  JSON.parse(await app.text(path)) as { path: string[]; leaf_index: number; code: string };

describe('the log over HTTP', () => {
  it('is signed while it is empty, and grows by signed checkpoints', async () => {
    const before = await head();
    await append(700);
    await seal();
    expect((await head()).size).toBe(before.size + 700);
  });

  it('has a pulse: what came in during the last minute that is over, the same for everybody who asks in it', async () => {
    const pulse = async () => JSON.parse(await app.text(`${LOG}/pulse`)) as Record<string, unknown>;
    app.clock.advance({ minutes: 1 });
    await append(7);
    await seal();
    const { size, root } = await head();
    const early = await pulse();
    expect(early['log_size']).toBe(size - 7);
    app.clock.advance({ minutes: 1 });
    const late = await pulse();
    expect(late).toMatchObject({ appended: 7, log_size: size, root_hash: root });
    expect(Date.parse(String(late['minute'])) - Date.parse(String(early['minute']))).toBe(60_000);
    await append(3);
    await seal();
    expect(await pulse()).toEqual(late);
  });

  it('serves tiles and entries that never change, from which anybody recomputes the root', async () => {
    await append(40);
    await seal();
    const { size, root } = await head();
    const leaves: string[] = [];
    for (let index = 0; index * 256 < size; index += 1) {
      const width = Math.min(256, size - index * 256);
      const partial = width === 256 ? '' : `.p/${width}`;
      const name = String(index).padStart(3, '0');
      const answer = await fetch(`${app.url}${LOG}/tile/entries/${name}${partial}`);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      const entries = decodeEntries(new Uint8Array(await answer.arrayBuffer())) ?? [];
      const hashes = entries.map((entry) => leafHash(entry));
      const tile = Buffer.from(await (await fetch(`${app.url}${LOG}/tile/0/${name}${partial}`)).arrayBuffer());
      expect(tile.toString('hex')).toBe(hashes.join(''));
      leaves.push(...hashes);
    }
    expect(merkleRoot(leaves)).toBe(root);
  });

  it.each(['tile/0/999', 'tile/0/000.p/256', 'tile/9/000', 'tile/0/../../x', 'tile/entries/999', 'tile/0/00'])(
    'has no %s',
    async (path) => {
      expect((await fetch(`${app.url}${LOG}/${path}`)).status).toBe(404);
    },
  );

  it('proves inclusion by index or by hash, and consistency between any two sizes', async () => {
    const first = await head();
    await append(300, 'known');
    await seal();
    const now = await head();
    const hash = leafHash(new TextEncoder().encode('{"kind":"test","n":"known-7"}'));
    const { leaf_index: index, path } = await json(`${LOG}/inclusion?leaf_hash=${hash}`);
    expect(verifyInclusion({ leafHash: hash, index, size: now.size, path, root: now.root })).toBe(true);
    expect((await json(`${LOG}/inclusion?leaf_index=${index}&tree_size=${now.size}`)).path).toEqual(path);
    const continued = await json(`${LOG}/consistency?from=${first.size}`);
    const claim = { from: first.size, fromRoot: first.root, to: now.size, toRoot: now.root, path: continued.path };
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, fromRoot: now.root })).toBe(false);
  });

  it.each([
    ['inclusion?leaf_index=99999999', 'LEAF_UNKNOWN'],
    ['inclusion?leaf_index=0&tree_size=99999999', 'LOG_SIZE_UNKNOWN'],
    [`inclusion?leaf_hash=${'0'.repeat(64)}`, 'LEAF_UNKNOWN'],
    ['inclusion', 'VALIDATION_FAILED'],
    [`inclusion?leaf_index=1&leaf_hash=${'0'.repeat(64)}`, 'VALIDATION_FAILED'],
    ['inclusion?leaf_index=-1', 'VALIDATION_FAILED'],
    ['consistency?from=0', 'LOG_SIZE_UNKNOWN'],
    ['consistency?from=5&to=4', 'LOG_SIZE_UNKNOWN'],
    ['consistency?from=1&to=99999999', 'LOG_SIZE_UNKNOWN'],
  ])('answers %s with %s', async (path, code) => {
    expect((await json(`${LOG}/${path}`)).code).toBe(code);
  });

  it('lets nobody past a route without a policy', () => {
    expect(routesOf(app.service.app).every((route) => route.policy !== undefined)).toBe(true);
  });
});

describe('sealing', () => {
  it('loses and doubles nothing when many append and many seal at once', async () => {
    const before = await head();
    const writers = Array.from({ length: 8 }, () => append(60));
    const sealers = Array.from({ length: 8 }, () => seal());
    await Promise.all([...writers, ...sealers]);
    await seal();
    expect((await head()).size).toBe(before.size + 480);
    const { rows } = await app.service.database.withClient((client) =>
      client.query<{ placed: number; distinct: number; highest: number }>(
        'SELECT count(leaf_index)::int AS placed, count(DISTINCT leaf_index)::int AS distinct, max(leaf_index)::int AS highest FROM log_entries',
      ),
    );
    const size = before.size + 480;
    expect(rows[0]).toEqual({ placed: size, distinct: size, highest: size - 1 });
  });

  it('takes an entry once, however often it is handed in', async () => {
    const before = await head();
    for (let i = 0; i < 3; i += 1) {
      await append(5, 'repeated');
      await seal();
    }
    expect((await head()).size).toBe(before.size + 5);
  });

  it('takes nothing of a transaction that rolled back', async () => {
    const before = await head();
    const work = app.service.uow.run(async (tx) => {
      await app.service.app.get(LogRepository).enqueueBytes(tx, ['gone'], [new Uint8Array(3)]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    await seal();
    expect((await head()).size).toBe(before.size);
  });

  it('is refused any rewriting of the log by the database itself', async () => {
    const refused = (sql: string) =>
      expect(app.service.database.withClient((client) => client.query(sql))).rejects.toThrow('only ever added to');
    await refused("UPDATE log_entries SET entry = 'x' WHERE leaf_index = 0");
    await refused('UPDATE log_entries SET leaf_index = leaf_index + 1000000 WHERE leaf_index = 0');
    await refused('DELETE FROM log_entries');
    await refused('TRUNCATE log_entries');
    await refused("UPDATE log_checkpoints SET root = ''");
    await refused('DELETE FROM log_checkpoints');
    await refused("UPDATE log_tiles SET hashes = decode(repeat('00', 32), 'hex')");
    await refused('DELETE FROM log_tiles');
  });
});

describe('after a restart', () => {
  it('the log goes on where it was; with other tiles, another name or another key it does not open', async () => {
    const { emptyDatabase, forge } = await import('@hetao/testing');
    const database = await emptyDatabase();
    const first = await startAttestation({}, database.url);
    await appendTo(first, 300);
    await first.service.app.get(SealLog).execute();
    const seen = await openCheckpoint(await first.text(`${LOG}/checkpoint`), { logs: [first.logKey] });
    await first.stop();
    const second = await startAttestation({}, database.url);
    await appendTo(second, 1);
    await second.service.app.get(SealLog).execute();
    const sighting = await lookAtLog({
      trust: { logs: [first.logKey] },
      seen: seen.ok ? seen.value : undefined,
      published: await second.text(`${LOG}/checkpoint`),
      proof: async (from, to) =>
        (JSON.parse(await second.text(`${LOG}/consistency?from=${from}&to=${to}`)) as { path: string[] }).path,
    });
    expect(sighting).toMatchObject({ state: 'grown', checkpoint: { size: 301 } });
    await forge(second.service.database, async (client) => {
      await client.query(
        // Added to, not set: hashes are salted, and one in 256 has this very byte already.
        'UPDATE log_tiles SET hashes = set_byte(hashes, 4, (get_byte(hashes, 4) + 1) % 256) WHERE level = 0 AND index = 1',
      );
    });
    await second.stop();
    await expect(startAttestation({}, database.url)).rejects.toMatchObject({ problem: { code: 'LOG_DAMAGED' } });
    await expect(startAttestation({ ATTESTATION_ORIGIN: 'another.example/log' }, database.url)).rejects.toMatchObject({
      problem: { code: 'LOG_DAMAGED' },
    });
    await database.drop();
  });
});

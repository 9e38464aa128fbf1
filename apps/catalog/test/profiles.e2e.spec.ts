import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, eventually, type TestCaller } from '@hetao/testing';
import type { ProfileDto } from '../src/profiling/profile.dto.js';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { auditor, buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
const merchant = merchantOf('org_lingnan');

beforeAll(async () => {
  catalog = await startCatalog({ PROFILE_MAX_BYTES: '2000000' });
});
afterAll(() => catalog.stop());

const begin = async (as: TestCaller, json: object) => {
  const { status, body } = await catalog.send(as, 'POST', '/v1/profiles', { json });
  return { status, body: body as unknown as ProfileDto & { code: string } };
};

async function part(
  as: TestCaller,
  id: string,
  bytes: Uint8Array<ArrayBuffer> | string,
  headers: Record<string, string>,
) {
  const response = await fetch(`${catalog.service.url}/v1/profiles/${id}`, {
    method: 'PATCH',
    body: bytes,
    headers: { [CALLER_HEADER]: await callerToken(as), 'content-type': 'application/octet-stream', ...headers },
  });
  return {
    status: response.status,
    body: (await response.json()) as ProfileDto & { code: string; meta: Record<string, unknown> },
  };
}

const last = (offset: number) => ({ 'upload-offset': String(offset), 'upload-complete': '?1' });

/** What the profile says once it is done with the file. */
async function finished(id: string, as = merchant): Promise<ProfileDto> {
  return eventually(
    async () => {
      const { body } = await catalog.send(as, 'GET', `/v1/profiles/${id}`);
      const profile = body as unknown as ProfileDto;
      expect(['completed', 'failed']).toContain(profile.state);
      return profile;
    },
    { withinMs: 20_000 },
  );
}

const file = 'name,mobile\n王小明,13800138000\n李雷,13900139000\n';

describe('a file that comes in parts', () => {
  it('is profiled when the last one is there, and its bytes are gone', async () => {
    const { status, body } = await begin(merchant, { name: 'visits', format: 'csv' });
    expect([status, body.state, body.next_offset]).toEqual([201, 'open', 0]);
    const bytes = new TextEncoder().encode(file);
    const first = await part(merchant, body.id, bytes.subarray(0, 20), { 'upload-offset': '0' });
    expect([first.status, first.body.state, first.body.next_offset]).toEqual([202, 'open', 20]);
    const wrong = await part(merchant, body.id, 'x', last(7));
    expect([wrong.status, wrong.body.code, wrong.body.meta]).toEqual([
      409,
      'PROFILE_OFFSET_WRONG',
      { next_offset: 20 },
    ]);
    expect((await part(merchant, body.id, bytes.subarray(20), last(20))).body.next_offset).toBe(bytes.length);
    const profile = await finished(body.id);
    expect(profile).toMatchObject({ state: 'completed', progress_percent: 100, problem: null });
    expect(profile.result).toMatchObject({
      rows: 2,
      encoding: 'utf-8',
      columns: [{ name: 'name', personal: true }, { form: 'cn_mobile' }],
    });
    expect(profile.result?.quality).toHaveLength(6);
    const { rows } = await catalog.service.database.withClient((client) => client.query('SELECT FROM profile_parts'));
    expect(rows).toEqual([]);
    expect((await part(merchant, body.id, 'x', last(bytes.length))).body.code).toBe('PROFILE_RECEIVED');
  });

  it('that is bad ends failed, with the reason and how to mend it', async () => {
    const { body } = await begin(merchant, { name: 'bomb', format: 'csv' });
    await part(merchant, body.id, Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 9, 9), last(0));
    expect(await finished(body.id)).toMatchObject({
      state: 'failed',
      result: null,
      problem: { code: 'PROFILE_COMPRESSED' },
    });
  });

  it('that is too large is stopped on the way', async () => {
    const { body } = await begin(merchant, { name: 'huge', format: 'csv' });
    const { status, body: refused } = await part(merchant, body.id, 'x'.repeat(3_000_000), last(0));
    expect([status, refused.code]).toEqual([413, 'PROFILE_FILE_TOO_LARGE']);
  });

  it.each([
    [{ name: 'x', format: 'xlsx' }, 422],
    [{ name: 'x', format: 'csv', encoding: 'latin1' }, 422],
    [{ name: '', format: 'csv' }, 422],
  ])('announced as %j is refused', async (json, status) => expect((await begin(merchant, json)).status).toBe(status));

  it('says where each part belongs', async () => {
    const { body } = await begin(merchant, { name: 'x', format: 'csv' });
    for (const headers of [{}, { 'upload-offset': '-1' }, { 'upload-offset': '0', 'upload-complete': 'yes' }]) {
      expect((await part(merchant, body.id, 'a', headers as Record<string, string>)).body.code).toBe(
        'PROFILE_PART_HEADERS',
      );
    }
  });
});

describe('a profile', () => {
  it("is its merchant's and the auditor's to read, and nobody else's", async () => {
    const { body } = await begin(merchantOf('org_other'), { name: 'theirs', format: 'csv' });
    const read = async (as: TestCaller) => (await catalog.send(as, 'GET', `/v1/profiles/${body.id}`)).status;
    expect([await read(merchantOf('org_other')), await read(auditor), await read(merchant), await read(buyer)]).toEqual(
      [200, 200, 404, 403],
    );
    expect((await part(merchant, body.id, 'x', last(0))).status).toBe(404);
    const { body: mine } = await catalog.send(merchant, 'GET', '/v1/profiles');
    expect(mine.data.map(({ id }) => id)).not.toContain(body.id);
  });

  it('is one of at most five that are not done', async () => {
    const busy = merchantOf('org_busy');
    const answers = await Promise.all(Array.from({ length: 7 }, () => begin(busy, { name: 'x', format: 'csv' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 429, 429]);
  });

  it('that a process took and went away with is begun anew, and given up at last', async () => {
    const { body } = await begin(merchant, { name: 'orphan', format: 'csv' });
    const gone = (attempts: number) =>
      catalog.service.database.withClient((client) =>
        client.query(`UPDATE profiles SET state = 'running', held_until = $2, attempts = $3 WHERE id = $1`, [
          body.id,
          new Date('2026-01-01'),
          attempts,
        ]),
      );
    await catalog.service.database.withClient((client) =>
      client.query('INSERT INTO profile_parts (profile_id, begins_at, bytes) VALUES ($1, 0, $2)', [
        body.id,
        Buffer.from(file),
      ]),
    );
    await gone(1);
    expect(await finished(body.id)).toMatchObject({ state: 'completed' });
    const { body: lost } = await begin(merchant, { name: 'lost', format: 'csv' });
    await catalog.service.database.withClient((client) =>
      client.query(`UPDATE profiles SET state = 'running', held_until = $2, attempts = 3 WHERE id = $1`, [
        lost.id,
        new Date('2026-01-01'),
      ]),
    );
    expect(await finished(lost.id)).toMatchObject({ state: 'failed', problem: { code: 'PROFILE_INTERRUPTED' } });
  });
});

describe('a profile that is used', () => {
  it('becomes the dictionary and the quality of the draft; what was written of a column stays', async () => {
    const registered = await catalog.send(operator, 'POST', '/v1/participants', { json: registration() });
    await catalog.send(operator, 'POST', `/v1/participants/${registered.body.id}/approve`);
    const member = merchantOf(registered.body.id);
    const mobile = { name: 'mobile', meaning: 'How to reach him', export_reason: 'The study calls him.' };
    const drafted = await catalog.send(member, 'POST', '/v1/products', { json: draft({ fields: [mobile] }) });
    const { body: begun } = await begin(member, { name: 'visits', format: 'csv' });
    const use = (as: TestCaller, revision: string, profileId = begun.id) =>
      catalog.send(as, 'POST', `/v1/products/${drafted.body.id}/use-profile`, {
        json: { profile_id: profileId },
        headers: { 'if-match': revision },
      });
    const etag = drafted.headers.get('etag') ?? '';
    expect((await use(member, etag)).body.code).toBe('PROFILE_NOT_COMPLETED');
    await part(member, begun.id, file, last(0));
    await finished(begun.id, member);

    const used = await use(member, etag);
    expect([used.status, used.headers.get('etag')]).toEqual([200, '"v2"']);
    expect(used.body.fields).toMatchObject([
      { name: 'name', meaning: 'name', type: 'text', personal: true, nullable: false },
      { ...mobile, type: 'text', personal: true },
    ]);
    const measured = used.body.card?.quality ?? [];
    expect(measured.length).toBeGreaterThan(2);
    expect(measured[0]).toMatchObject({ assessor: 'hetao-profiling', assessed_on: '2026-03-01' });
    // Used again it takes the place of what was measured before, and changes nothing of what others assessed.
    expect((await use(member, etag)).body.code).toBe('VERSION_STALE');
    expect((await use(member, '"v2"')).body.card?.quality).toHaveLength(measured.length);

    const stranger = merchantOf('org_else');
    expect((await use(stranger, '"v3"')).body.code).toBe('PROFILE_UNKNOWN');
    const { body: theirs } = await begin(stranger, { name: 'visits', format: 'csv' });
    await part(stranger, theirs.id, file, last(0));
    await finished(theirs.id, stranger);
    expect((await use(stranger, '"v3"', theirs.id)).body.code).toBe('PRODUCT_UNKNOWN');
    expect((await use(member, '"v3"', theirs.id)).body.code).toBe('PROFILE_UNKNOWN');
  });
});

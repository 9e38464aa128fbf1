import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
let id: string;
beforeAll(async () => {
  catalog = await startCatalog();
  id = (await catalog.send(operator, 'POST', '/v1/participants', { json: registration() })).body.id;
});
afterAll(() => catalog.stop());

const put = (by: string, subject: string, roles: readonly string[]) =>
  catalog.send(merchantOf(id, by), 'PUT', `/v1/participants/${id}/team/${subject}`, {
    json: { display_name: subject, roles },
  });
const drafts = async (subject: string, via: 'session' | 'api_key' = 'session') =>
  (
    await catalog.send({ ...merchantOf(id, subject), via, scopes: ['catalog:write'] }, 'POST', '/v1/products', {
      json: draft(),
    })
  ).status;

describe('the team of an organisation', () => {
  it('speaks with one voice until it names its people, and then each in his role', async () => {
    expect(await drafts('usr_anyone')).toBe(201);
    const early = await put('usr_founder', 'usr_editor', ['editor']);
    expect([early.status, early.body.code]).toEqual([409, 'TEAM_WITHOUT_OWNER']);
    expect((await put('usr_founder', 'usr_founder', ['owner'])).status).toBe(200);
    await put('usr_founder', 'usr_editor', ['editor', 'compliance']);
    await put('usr_founder', 'usr_reader', ['read_only']);
    expect([await drafts('usr_founder'), await drafts('usr_editor')]).toEqual([201, 201]);
    expect([await drafts('usr_reader'), await drafts('usr_anyone')]).toEqual([403, 403]);
    // A key is held to its scopes.
    expect(await drafts('key_1', 'api_key')).toBe(201);
  });

  it('is an owner’s to change, who stays until there is another', async () => {
    const grab = await put('usr_editor', 'usr_editor', ['owner']);
    expect([grab.status, grab.body.code]).toEqual([403, 'TEAM_ROLE_NEEDED']);
    expect((await put('usr_founder', 'usr_reader', ['read_only', 'finance'])).body.code).toBe('TEAM_ROLES_INVALID');
    expect((await put('usr_founder', 'usr_founder', ['finance'])).body.code).toBe('TEAM_WITHOUT_OWNER');
    const outside = await catalog.send(buyer, 'GET', `/v1/participants/${id}/team`);
    expect([outside.status, outside.body.code]).toEqual([404, 'PARTICIPANT_UNKNOWN']);
    const inside = await catalog.send(merchantOf(id, 'usr_reader'), 'GET', `/v1/participants/${id}/team`);
    expect(inside.body.data).toHaveLength(3);
  });
});

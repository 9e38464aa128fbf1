import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway, type TestGateway } from './gateway.js';

const email = 'first@exchange.example';
const password = 'eight grey herons over the bay';
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { DEMO: '0', SEED_ACCOUNTS: '' } });
});
afterAll(() => gateway.stop());

/** The first operator of an exchange that is no demonstration, as the set-up link makes him. */
async function operator() {
  const token = 'x'.repeat(43);
  await gateway.service.uow.run((tx) =>
    tx.execute(`INSERT INTO setup_links (hash, expires_at) VALUES ($1, now() + interval '1 hour')`, [
      createHash('sha256').update(token).digest(),
    ]),
  );
  const browser = gateway.browser();
  await browser.submit('/setup', { token, display_name: 'First', email, password });
  const page = await browser.open('/sign-in?return_to=/v1/me');
  const { text } = await browser.submit(page.url.pathname, { email, password });
  const { csrf_token: csrfToken } = JSON.parse(text) as { csrf_token: string };
  return (body: unknown) =>
    browser.send('/v1/members', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken, origin: gateway.url },
      body: JSON.stringify(body),
    });
}

describe('An exchange that is no demonstration', () => {
  it('has no place for demo accounts, whoever asks, and takes members as ever', async () => {
    const add = await operator();
    const member = { organisation_id: 'org_exchange', email: 'x@exchange.example', personas: ['auditor'] };
    for (const demo of ['card', 'hidden']) {
      const refused = await add({ ...member, password: 'demo', demo });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        code: 'DEMO_ACCOUNT_REFUSED',
        detail: expect.stringContaining('no demonstration'),
        fix: expect.stringContaining('DEMO=1'),
      });
    }
    const weak = await add({ ...member, password: 'demo' });
    expect(await weak.json()).toMatchObject({ code: 'PASSWORD_NOT_ACCEPTED' });
    expect((await add({ ...member, password })).status).toBe(201);
  });
});

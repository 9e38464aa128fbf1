import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifyWebhook, WebhookRejected } from './index.js';

const now = new Date('2026-11-23T08:00:00Z');
const timestamp = String(now.getTime() / 1000);
const body = '{"type":"hetao.contracts.agreement-concluded.v1","data":{"id":"agr_1"}}';
const content = `msg_1.${timestamp}.${body}`;

const shared = randomBytes(32);
const whsec = `whsec_${shared.toString('base64')}`;
const hmac = `v1,${createHmac('sha256', shared).update(content).digest('base64')}`;

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const whpk = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
const ed25519 = `v1a,${sign(null, Buffer.from(content), privateKey).toString('base64')}`;

const headers = (signature: string, more: object = {}) => ({
  ...{ 'Webhook-Id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature },
  ...more,
});

describe('a webhook', () => {
  it.each([
    ['a shared secret', hmac, whsec],
    ['a public key', ed25519, whpk],
    ['one of two secrets while one is rolled', hmac, [`whsec_${randomBytes(32).toString('base64')}`, whsec]],
    ['one of several signatures', `v1,AAAA ${ed25519} ${hmac}`, whsec],
  ])('is believed by %s', async (_, signature, secret) => {
    expect(await verifyWebhook(body, headers(signature), secret, { now })).toMatchObject({ data: { id: 'agr_1' } });
    expect(await verifyWebhook(Buffer.from(body), new Headers(headers(signature)), secret, { now })).toBeDefined();
  });

  it('of the specification’s own example is believed', async () => {
    const example = '{"test": 2432232314}';
    const signed = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const at = { now: new Date(1_614_265_330_000) };
    expect(await verifyWebhook(example, signed, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', at)).toEqual({
      test: 2432232314,
    });
  });

  it.each([
    ['another body', `${body} `, headers(hmac)],
    ['another id', body, headers(hmac, { 'Webhook-Id': 'msg_2' })],
    ['another time', body, headers(hmac, { 'webhook-timestamp': String(Number(timestamp) + 1) })],
    ['an old message', body, headers(hmac, { 'webhook-timestamp': '1600000000' })],
    ['a time that is none', body, headers(hmac, { 'webhook-timestamp': 'NaN' })],
    ['no signature', body, headers('')],
    ['a signature that is no base64', body, headers('v1,§§§')],
    ['a shared signature that says it is a public one', body, headers(hmac.replace('v1', 'v1a'))],
    ['a public signature, where the secret is shared', body, headers(ed25519)],
    ['a missing header', body, headers(hmac, { 'webhook-timestamp': undefined })],
  ])('is refused for %s', async (_, text, given) => {
    await expect(verifyWebhook(text, given, whsec, { now })).rejects.toThrow(WebhookRejected);
  });

  it('cannot be checked by something that is no secret', async () => {
    await expect(verifyWebhook(body, headers(hmac), 'hx_live_x', { now })).rejects.toThrow(TypeError);
  });
});

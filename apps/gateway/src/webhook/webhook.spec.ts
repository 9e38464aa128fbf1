import { createHmac, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AgreementConcludedV1, InvoiceIssuedV1 } from '@hetao/events';
import { publishedEvents, publishedTypes } from './published-events.register.js';
import { namedParties, toldFields, webhookBody } from './webhook-body.codec.js';
import { makeSecret, signedHeaders } from './webhook.signature.js';
import { checkAddress, judgeAttempt, retryPlanMs, type Attempt } from './webhook.js';

const at = new Date('2026-11-23T08:00:00Z');
const hour = 3_600_000;
const answered = (status: number, retryAfterMs: number | null = null): Attempt => ({
  ...{ kind: 'answered', status, retryAfterMs },
});
const judge = (attempt: Attempt, attempts = 1, failingSince: Date | null = null, chance = 0.5) =>
  judgeAttempt(attempt, { attempts, failingSince, at, chance });

describe('a try', () => {
  it('is the end for any 2xx, and for nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.integer({ min: 1, max: 10 }), (status, attempts) => {
        expect(judge(answered(status), attempts).state === 'delivered').toBe(status >= 200 && status < 300);
      }),
    );
  });

  it('that failed is tried again after the plan’s pause, a tenth more or less, and given up at its end', () => {
    for (let attempts = 1; attempts < retryPlanMs.length; attempts += 1) {
      const pause = retryPlanMs[attempts] ?? 0;
      expect(judge(answered(500), attempts)).toMatchObject({ state: 'waiting', retryInMs: pause });
      expect(judge(answered(302), attempts, null, 0).retryInMs).toBe(Math.round(pause * 0.9));
      expect(judge({ kind: 'failed', reason: 'reset' }, attempts, null, 1).retryInMs).toBe(Math.round(pause * 1.1));
    }
    expect(judge(answered(500), retryPlanMs.length)).toMatchObject({ state: 'abandoned', retryInMs: null });
    expect(retryPlanMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(3 * 24 * hour);
  });

  it('answered 410 disables the endpoint; five days without success do so too', () => {
    expect(judge(answered(410))).toMatchObject({ state: 'abandoned', disable: 'gone' });
    expect(judge(answered(500), 3, new Date(at.getTime() - 5 * 24 * hour)).disable).toBe('failing');
    expect(judge(answered(500), 3, new Date(at.getTime() - 5 * 24 * hour + 1)).disable).toBeNull();
  });

  it.each([429, 502, 503, 504])('answered %i holds the endpoint as long as it asks, within an hour', (status) => {
    expect(judge(answered(status, 90_000))).toMatchObject({ holdMs: 90_000, retryInMs: 90_000 });
    expect(judge(answered(status, 86_400_000)).holdMs).toBe(hour);
    expect(judge(answered(status)).holdMs).toBe(30_000);
    expect(judge(answered(500, 90_000)).holdMs).toBeNull();
  });
});

describe('an address', () => {
  it('is https, without credentials or fragment', () => {
    expect(checkAddress('https://a.example/hooks?team=1', false)).toEqual({
      ...{ ok: true, value: 'https://a.example/hooks?team=1' },
    });
    for (const wrong of [
      'http://a.example/',
      'ftp://a.example',
      'nonsense',
      'https://u:p@a.example/',
      'https://a/#x',
    ]) {
      expect(checkAddress(wrong, false)).toMatchObject({ ok: false, error: { code: 'WEBHOOK_ADDRESS_INVALID' } });
    }
    expect(checkAddress('http://127.0.0.1:1/', true).ok).toBe(true);
  });
});

describe('a signature', () => {
  const message = { id: 'msg_1', at, body: '{"a":1}' };
  const content = `msg_1.${at.getTime() / 1000}.{"a":1}`;

  it('is HMAC-SHA-256 of id, time and body by the shared secret', () => {
    const { secret, publicKey } = makeSecret('hmac');
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect([key.length, publicKey]).toEqual([32, null]);
    expect(signedHeaders(message, [secret])).toEqual({
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1795420800',
      'webhook-signature': `v1,${createHmac('sha256', key).update(content).digest('base64')}`,
    });
  });

  it('is Ed25519 where the receiver asked for a key pair', () => {
    const { secret, publicKey } = makeSecret('ed25519');
    const raw = Buffer.from(publicKey?.slice('whpk_'.length) ?? '', 'base64');
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
    const [version, signature = ''] = signedHeaders(message, [secret])['webhook-signature'].split(',');
    expect(version).toBe('v1a');
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('is there twice while a secret is rolled', () => {
    const secrets = [makeSecret('hmac').secret, makeSecret('hmac').secret];
    expect(signedHeaders(message, secrets)['webhook-signature'].split(' ')).toHaveLength(2);
  });
});

describe('a message', () => {
  const find = (type: string) => publishedEvents.find(({ event }) => event.type === type);

  it('speaks as the public API does, and says no more than its row names', () => {
    const invoice = find(InvoiceIssuedV1.type);
    if (invoice === undefined) throw new Error('invoices are told');
    const data = {
      ...{ invoiceId: 'inv_1', merchantId: 'par_1', buyerId: 'par_2', number: 'A-1', unknown: 'secret' },
      gross: { amountMinor: '1250', currency: 'CNY' },
    };
    expect(JSON.parse(webhookBody(InvoiceIssuedV1.type, at, toldFields(invoice, data)))).toEqual({
      type: 'hetao.settlement.invoice-issued.v1',
      timestamp: '2026-11-23T08:00:00.000Z',
      data: {
        ...{ invoice_id: 'inv_1', merchant_id: 'par_1', buyer_id: 'par_2', number: 'A-1' },
        gross: { amount: '12.50', currency: 'CNY' },
      },
    });
    expect(namedParties(invoice, data)).toEqual(['par_1', 'par_2']);
  });

  it('never tells a price plan, a bank account or a release token', () => {
    expect(find(AgreementConcludedV1.type)?.fields).not.toContain('plan');
    const told = publishedEvents.flatMap(({ fields }) => fields);
    expect(told.filter((field) => /plan|policy|bank|token|signature/i.test(field))).toEqual([]);
    expect(new Set(publishedTypes).size).toBe(publishedTypes.length);
  });
});

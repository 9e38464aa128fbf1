import { expect, it } from '@jest/globals';
import { sha256Of, sideToSign, signedBytes } from './contract.rules.js';

it('hashes what RFC 8785 makes of a document, whatever the order of its members', async () => {
  const one = await sha256Of(signedBytes({ b: '中', a: [1, null, true] }));
  expect(await sha256Of(signedBytes({ a: [1, null, true], b: '中' }))).toBe(one);
  expect(await sha256Of(signedBytes({}))).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});

const parties = { merchant_id: 'org_m', buyer_id: 'org_b' };
const signature = (party: 'merchant' | 'buyer') => ({
  ...{ party, organisation_id: 'org_m', subject: 's', display_name: 'S', document_hash: '', signed_at: '' },
});

it('each side signs once, while signatures are awaited, and strangers never', () => {
  const open = { ...parties, status: 'awaiting_signatures' as const, signatures: [signature('merchant')] };
  expect(sideToSign(open, 'org_b')).toBe('buyer');
  expect(sideToSign(open, 'org_m')).toBeUndefined();
  expect(sideToSign(open, 'org_x')).toBeUndefined();
  expect(sideToSign({ ...open, status: 'lapsed' }, 'org_b')).toBeUndefined();
});

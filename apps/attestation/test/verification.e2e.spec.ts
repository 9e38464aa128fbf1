import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  commit,
  digestsOf,
  newSalt,
  openReceipt,
  verifyOffline,
  type PrivateKeyJwk,
  type Receipt,
} from '@hetao/proofs';
import { newId } from '@hetao/kernel';
import { sendTwice } from '@hetao/testing';
import {
  fileFrom,
  holder,
  HOLDER,
  issuer,
  ISSUER,
  operator,
  receiver,
  RECEIVER,
  startAttestation,
  trustedKey,
  type RunningAttestation,
} from './running-attestation.js';

const ATT = '/v1/attestations';
const UNTIL = '2026-06-01T00:00:00Z';
let app: RunningAttestation;
let key: PrivateKeyJwk;

beforeAll(async () => {
  app = await startAttestation({ ATTESTATION_MISMATCHES_PER_HOUR: '3', ATTESTATION_VERIFICATIONS_PER_HOUR: '1000' });
  key = await trustedKey(app);
});
afterAll(() => app.stop());

async function registered(file: string, with_: PrivateKeyJwk = key) {
  const made = await fileFrom(with_, file);
  const { status, body } = await app.send(issuer, 'POST', ATT, made.registration);
  expect(status).toBe(201);
  return { ...made, id: body.id, body };
}

async function consented(id: string, change: Record<string, unknown> = {}): Promise<string> {
  const terms = {
    attestation_id: id,
    receiver_id: RECEIVER,
    purpose: 'credit_assessment',
    valid_until: UNTIL,
    ...change,
  };
  const { status, body } = await app.send(holder, 'POST', '/v1/attestation-consents', terms);
  expect(status).toBe(201);
  return body.id;
}

async function verify(consent: string, commitment: string, receipt?: unknown, purpose = 'credit_assessment') {
  const request = { consent_id: consent, purpose, commitment, ...(receipt === undefined ? {} : { receipt }) };
  return app.send(receiver, 'POST', '/v1/attestation-verifications', request);
}

const receiptOf = async (id: string): Promise<Receipt> =>
  (await app.send(issuer, 'GET', `${ATT}/${id}/receipt`)).body as unknown as Receipt;

describe('issuer, holder, receiver', () => {
  it('a file goes its own way, and its receiver verifies it with the holder’s consent', async () => {
    const made = await registered('report of 2026');
    expect(made.body).toMatchObject({ state: 'registered', issuer: ISSUER, holder_id: HOLDER });
    const receipt = await receiptOf(made.id);
    const consent = await consented(made.id);
    const { commitment } = commit(digestsOf('report of 2026'), made.salt);
    const { status, body } = await verify(consent, commitment, receipt);
    expect(status).toBe(200);
    expect(body.document).toMatchObject({ outcome: 'matched_valid', attestation_id: made.id, receiver_id: RECEIVER });
    expect(body.match_proves).toHaveLength(3);
    expect(body.match_does_not_prove.map((text) => text['zh-Hant'])).toContain('不證明內容真實。');
  });

  it('the receipt is checked offline, by its bytes and the issuer’s key alone', async () => {
    const made = await registered('offline');
    const verdict = await verifyOffline({
      receipt: await receiptOf(made.id),
      commitment: commit(digestsOf('offline'), made.salt),
      trust: { logs: [app.logKey] },
      issuerKeys: (id) => (id === ISSUER ? [key] : []),
      at: app.clock.now(),
    });
    expect(verdict.outcome).toBe('matched_valid');
  });

  it('the receiver’s own receipt commits to the answer, and to who asked, without showing it in the log', async () => {
    const made = await registered('kept');
    const { body } = await verify(await consented(made.id), made.commitment);
    const id = body.document.verification_id;
    const receipt = (await app.send(receiver, 'GET', `/v1/attestation-records/${id}/receipt`))
      .body as unknown as Receipt;
    const opened = await openReceipt(receipt, { logs: [app.logKey] });
    const list = await app.send(receiver, 'GET', `/v1/attestation-records?subject=${id}`);
    const salt = String(list.body.data[0]?.['salt']);
    const document = JSON.stringify(Object.fromEntries(Object.entries(body.document).sort()));
    expect(opened).toMatchObject({
      ok: true,
      value: { entry: { record: 'verification', commitment: commit(digestsOf(document), salt).commitment } },
    });
    expect(receipt.entry).not.toContain(RECEIVER);
    expect((await app.send(issuer, 'GET', `/v1/attestation-records/${id}/receipt`)).status).toBe(404);
    expect((await app.send(receiver, 'GET', `/v1/attestation-verifications/${id}`)).body.document).toEqual(
      body.document,
    );
    expect((await app.send(holder, 'GET', `/v1/attestation-verifications/${id}`)).status).toBe(404);
  });
});

describe('every outcome', () => {
  it('mismatch: another file, or another salt', async () => {
    const made = await registered('right');
    const consent = await consented(made.id);
    const wrong = commit(digestsOf('wrong'), made.salt).commitment;
    expect((await verify(consent, wrong)).body.document.outcome).toBe('mismatch');
    expect((await verify(consent, commit(digestsOf('right'), newSalt()).commitment)).body.document.outcome).toBe(
      'mismatch',
    );
    expect((await verify(consent, made.commitment)).body).toMatchObject({ document: { outcome: 'matched_valid' } });
  });

  it('no_record: consent was given for what was never registered here', async () => {
    const made = await fileFrom(key, 'never registered');
    const id = made.registration.signed.statement.status_ref;
    const { body } = await verify(await consented(id), made.commitment);
    expect(body).toMatchObject({ document: { outcome: 'no_record' }, match_proves: [] });
  });

  it('issuer_untrusted: the exchange does not vouch for the key, or no longer', async () => {
    const other = await trustedKey(app);
    const made = await registered('from a lost key', other);
    const keys = await app.send(operator, 'GET', '/v1/attestation-issuer-keys');
    const row = keys.body.data.find((one) => (one['public_key'] as { x: string }).x === other.x);
    await app.send(operator, 'POST', `/v1/attestation-issuer-keys/${String(row?.['id'])}/distrust`);
    const { body } = await verify(await consented(made.id), made.commitment);
    expect(body.document.outcome).toBe('issuer_untrusted');
  });

  it('matched_revoked: revoked, and revoking again changes nothing', async () => {
    const made = await registered('to be revoked');
    const reason = { reason: 'issued_in_error' };
    const [first, again] = await sendTwice(`${app.url}${ATT}/${made.id}/revoke`, issuer, reason);
    expect(first.body).toMatchObject({ state: 'revoked', revocation_reason: 'issued_in_error' });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect((await app.send(issuer, 'POST', `${ATT}/${made.id}/revoke`, reason)).body).toEqual(first.body);
    const consent = await consented(made.id);
    expect((await verify(consent, made.commitment)).body.document.outcome).toBe('matched_revoked');
    // Whoever does not have the file learns nothing of the status.
    const wrong = commit(digestsOf('guess'), made.salt).commitment;
    expect((await verify(consent, wrong)).body.document.outcome).toBe('mismatch');
  });

  it('matched_revoked: superseded by a newer one, once', async () => {
    const old = await registered('v1');
    const newer = await fileFrom(key, 'v2', { supersedes: old.id });
    expect((await app.send(issuer, 'POST', ATT, newer.registration)).status).toBe(201);
    expect((await app.send(issuer, 'GET', `${ATT}/${old.id}`)).body).toMatchObject({ state: 'superseded' });
    expect((await verify(await consented(old.id), old.commitment)).body.document.outcome).toBe('matched_revoked');
    const third = await fileFrom(key, 'v3', { supersedes: old.id });
    const refused = await app.send(issuer, 'POST', ATT, third.registration);
    expect([refused.status, refused.body.code]).toEqual([409, 'ATTESTATION_TRANSITION_REFUSED']);
    expect((await app.send(issuer, 'POST', `${ATT}/${old.id}/revoke`, { reason: 'withdrawn' })).status).toBe(409);
  });

  it('matched_expired: its time is over, or has not come', async () => {
    const early = await fileFrom(key, 'next year', { valid_from: '2026-12-01T00:00:00.000Z' });
    const late = await fileFrom(key, 'last year', {
      valid_from: '2025-01-01T00:00:00.000Z',
      valid_to: '2026-02-01T00:00:00.000Z',
    });
    for (const made of [early, late]) {
      const { body } = await app.send(issuer, 'POST', ATT, made.registration);
      expect((await verify(await consented(body.id), made.commitment)).body.document.outcome).toBe('matched_expired');
    }
  });

  it('proof_invalid: the receipt was forged, cut, or is another attestation’s', async () => {
    const [made, other] = [await registered('with receipt'), await registered('with another')];
    const receipt = await receiptOf(made.id);
    const forgeries = [
      { ...receipt, leaf_index: receipt.leaf_index + 1 },
      { ...receipt, path: receipt.path.slice(1) },
      await receiptOf(other.id),
    ];
    for (const forged of forgeries) {
      const { body } = await verify(await consented(made.id), made.commitment, forged);
      expect(body.document.outcome).toBe('proof_invalid');
    }
  });
});

describe('consent', () => {
  it('covers one receiver, one purpose, until a date, and only while it stands', async () => {
    const made = await registered('guarded');
    const consent = await consented(made.id, { valid_until: '2026-03-02T00:00:00Z' });
    const request = { consent_id: consent, purpose: 'credit_assessment', commitment: made.commitment };
    const other = await app.send(
      { ...receiver, organisationId: newId('org') },
      'POST',
      '/v1/attestation-verifications',
      request,
    );
    expect([other.status, other.body.code]).toEqual([404, 'CONSENT_UNKNOWN']);
    expect((await verify(consent, made.commitment, undefined, 'research')).body.code).toBe('CONSENT_DOES_NOT_COVER');
    await app.send(holder, 'POST', `/v1/attestation-consents/${consent}/withdraw`);
    expect((await verify(consent, made.commitment)).body.code).toBe('CONSENT_DOES_NOT_COVER');
    const short = await consented(made.id, { valid_until: '2026-03-01T09:00:00Z' });
    app.clock.advance({ hours: 2 });
    expect((await verify(short, made.commitment)).body.code).toBe('CONSENT_DOES_NOT_COVER');
  });

  it('is the holder’s to give; one given by somebody else before the registration opens nothing', async () => {
    const made = await fileFrom(key, 'foreseen');
    const terms = {
      attestation_id: made.registration.signed.statement.status_ref,
      receiver_id: RECEIVER,
      purpose: 'kyc',
      valid_until: UNTIL,
    };
    const stranger = { ...holder, organisationId: newId('org') };
    const early = await app.send(stranger, 'POST', '/v1/attestation-consents', terms);
    expect(early.status).toBe(201);
    await app.send(issuer, 'POST', ATT, made.registration);
    expect((await verify(early.body.id, made.commitment, undefined, 'kyc')).body.document.outcome).toBe('no_record');
    expect((await app.send(stranger, 'POST', '/v1/attestation-consents', terms)).body.code).toBe(
      'CONSENT_NOT_YOURS_TO_GIVE',
    );
    expect((await app.send(stranger, 'POST', `/v1/attestation-consents/${early.body.id}/withdraw`)).status).toBe(200);
    expect((await app.send(holder, 'POST', `/v1/attestation-consents/${early.body.id}/withdraw`)).status).toBe(404);
  });

  it('is refused for a past or far end', async () => {
    const made = await registered('terms');
    for (const valid_until of ['2026-02-28T00:00:00Z', '2028-01-01T00:00:00Z']) {
      const terms = { attestation_id: made.id, receiver_id: RECEIVER, purpose: 'kyc', valid_until };
      expect((await app.send(holder, 'POST', '/v1/attestation-consents', terms)).body.code).toBe(
        'CONSENT_TERM_INVALID',
      );
    }
  });
});

describe('guessing', () => {
  it('stops after a few wrong files under one consent, also when they come all at once, for an hour', async () => {
    const made = await registered('HKD 500');
    const consent = await consented(made.id);
    const guesses = Array.from({ length: 8 }, (_, i) => commit(digestsOf(`HKD ${i}`), made.salt).commitment);
    const answers = await Promise.all(guesses.map((guess) => verify(consent, guess)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(
      answers.filter(({ status, body }) => status === 429 && body.code === 'VERIFICATION_GUESSING_STOPPED'),
    ).toHaveLength(5);
    expect((await verify(consent, made.commitment)).status).toBe(429);
    app.clock.advance({ hours: 1 });
    expect((await verify(consent, made.commitment)).body.document.outcome).toBe('matched_valid');
  });
});

describe('registration', () => {
  it('may be repeated to the letter, and not otherwise', async () => {
    const made = await registered('twice');
    expect((await app.send(issuer, 'POST', ATT, made.registration)).body.id).toBe(made.id);
    const moved = await app.send(issuer, 'POST', ATT, { ...made.registration, holder_id: newId('org') });
    expect([moved.status, moved.body.code]).toEqual([409, 'ATTESTATION_EXISTS']);
  });

  it('is refused for another’s statement, a forged one, or a key nobody proposed', async () => {
    const made = await fileFrom(key, 'x');
    const { signed } = made.registration;
    const refusal = async (as: typeof issuer, body: unknown) => {
      const { status, body: problem } = await app.send(as, 'POST', ATT, body);
      return [status, problem.code, problem.errors[0]?.pointer];
    };
    expect(await refusal(holder, made.registration)).toEqual([
      422,
      'ATTESTATION_STATEMENT_REFUSED',
      '/signed/statement/issuer',
    ]);
    const forged = { ...signed, statement: { ...signed.statement, valid_to: '2030-01-01T00:00:00.000Z' } };
    expect(await refusal(issuer, { ...made.registration, signed: forged })).toEqual([
      422,
      'ATTESTATION_STATEMENT_REFUSED',
      '/signed',
    ]);
    const { generateSigningKey } = await import('@hetao/proofs');
    const unknown = await fileFrom((await generateSigningKey()).privateKey, 'x');
    expect(await refusal(issuer, unknown.registration)).toEqual([
      422,
      'ATTESTATION_STATEMENT_REFUSED',
      '/signed/issuer_key',
    ]);
    const named = { ...signed, statement: { ...signed.statement, holder: 'Chan Tai Man' } };
    expect((await refusal(issuer, { ...made.registration, signed: named }))[1]).toBe('VALIDATION_FAILED');
  });

  it('shows an attestation to its issuer, its holder and the exchange, and to nobody else', async () => {
    const made = await registered('private');
    for (const as of [issuer, holder, operator])
      expect((await app.send(as, 'GET', `${ATT}/${made.id}`)).status).toBe(200);
    expect((await app.send(receiver, 'GET', `${ATT}/${made.id}`)).status).toBe(404);
    expect((await app.send(receiver, 'GET', `${ATT}/${made.id}/receipt`)).status).toBe(404);
    expect((await app.send(receiver, 'GET', ATT)).body.data).toEqual([]);
    expect((await app.send(holder, 'POST', `${ATT}/${made.id}/revoke`, { reason: 'withdrawn' })).status).toBe(404);
  });

  it('takes a key from one organisation only, and trust from the operator only', async () => {
    const body = { public_key: { kty: 'OKP', crv: 'Ed25519', x: key.x } };
    expect((await app.send(holder, 'POST', '/v1/attestation-issuer-keys', body)).body.code).toBe('ISSUER_KEY_TAKEN');
    expect((await app.send(issuer, 'POST', '/v1/attestation-issuer-keys', body)).body.status).toBe('trusted');
    expect((await app.send(issuer, 'POST', `/v1/attestation-issuer-keys/${newId('isk')}/trust`)).status).toBe(403);
    expect((await app.send(operator, 'POST', `/v1/attestation-issuer-keys/${newId('isk')}/trust`)).status).toBe(404);
  });

  it('tells what a match proves and what not, in three languages, to anybody', async () => {
    const meaning = JSON.parse(await app.text('/v1/attestation-meaning')) as Record<string, { 'zh-Hans': string }[]>;
    expect(meaning['match_does_not_prove']?.map((text) => text['zh-Hans'])).toEqual([
      '不证明内容真实。',
      '不证明持有人的身份。',
      '不证明数据的收集合法。',
    ]);
  });
});

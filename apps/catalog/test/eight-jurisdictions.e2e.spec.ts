import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply, column, desk, fullCard, fullDraft, merchants, onboard, passReview } from './eight-jurisdictions.js';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { buyer } from './sample-bodies.js';

let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.stop());

describe('a merchant of each of the eight jurisdictions', () => {
  it.each(merchants)('$home: is onboarded by its home’s papers and lists a $kind', async (merchant) => {
    const { id, member } = await onboard(catalog, merchant);
    const participant = await catalog.send(buyer, 'GET', `/v1/participants/${id}`);
    const certificate = (participant.body as unknown as { certificate: { number: string } }).certificate;
    expect(certificate.number).toMatch(/^HTX-P-2026-\d{6}$/);

    const drafted = await catalog.send(member, 'POST', '/v1/products', {
      json: fullDraft(merchant.name, merchant.kind),
    });
    expect(drafted.status).toBe(201);
    const handedIn = await catalog.send(member, 'POST', `/v1/products/${drafted.body.id}/submit`);
    expect(handedIn.body.status).toBe('source_check');
    const listed = await passReview(catalog, drafted.body.id);
    expect(listed.body.status).toBe('listed');

    const seen = await catalog.send(buyer, 'GET', `/v1/products/${drafted.body.id}`);
    expect(seen.body).toMatchObject({ status: 'listed', stored_in: merchant.home, card: { industry: 'Q84' } });
    const listing = (seen.body as unknown as { certificate: { number: string } }).certificate;
    const verified = await fetch(`${catalog.service.url}/v1/certificates/${listing.number}`);
    expect(await verified.json()).toMatchObject({
      kind: 'listing',
      subject_id: drafted.body.id,
      holder_id: id,
      standing: 'valid',
      // No longer than the upstream right it stands on.
      valid_until: '2026-12-31',
    });
  });
});

describe('an application that lacks something', () => {
  const newcomer = { ...merchants[0], name: { en: 'Zhuhai Sea Data', 'zh-Hans': '珠海海数', 'zh-Hant': '珠海海數' } };

  it('is refused with every paper of its home, then asked, supplemented and approved by two people', async () => {
    const invited = await catalog.send(desk('first'), 'POST', '/v1/participants', {
      json: {
        ...{ onboarding: 'self', name: newcomer.name, jurisdiction: 'HK', roles: ['merchant'], home_currency: 'HKD' },
        bank_account: { name: 'Zhuhai', account_number: '12345678' },
      },
    });
    const id = invited.body.id;
    const member = { personas: ['merchant' as const], organisationId: id, subject: 'usr_new' };
    const early = await catalog.send(member, 'POST', `/v1/participants/${id}/submit`);
    expect([early.status, early.body.code]).toEqual([422, 'PARTICIPANT_APPLICATION_INCOMPLETE']);
    const pointers = early.body.errors.map(({ pointer }) => pointer);
    expect(pointers).toEqual(
      expect.arrayContaining(['/profile', '/documents/hk_business_registration', '/documents/source_statement']),
    );
    expect((await apply(catalog, member, id, 'Zhuhai Sea Data')).body.status).toBe('submitted');

    await catalog.send(desk('first'), 'POST', `/v1/participants/${id}/take`);
    const question = { pointer: '/profile/statement', text: 'Which boats?' };
    const asked = await catalog.send(desk('first'), 'POST', `/v1/participants/${id}/comments`, { json: question });
    expect(asked.status).toBe(201);
    await catalog.send(desk('first'), 'POST', `/v1/participants/${id}/ask`, { json: { reason: 'See the question.' } });
    const unanswered = await catalog.send(member, 'POST', `/v1/participants/${id}/submit`);
    expect(unanswered.body.code).toBe('PARTICIPANT_QUESTIONS_OPEN');
    const answer = { json: { answer: 'Our own, forty of them.' } };
    await catalog.send(member, 'POST', `/v1/participants/${id}/comments/${asked.body.id}/answer`, answer);
    expect((await catalog.send(member, 'POST', `/v1/participants/${id}/submit`)).body.status).toBe('review');

    const same = await catalog.send(desk('first'), 'POST', `/v1/participants/${id}/approve`);
    expect([same.status, same.body.code]).toEqual([403, 'PARTICIPANT_FOUR_EYES']);
    expect((await catalog.send(desk('second'), 'POST', `/v1/participants/${id}/approve`)).body.status).toBe('approved');
  });
});

describe('a listing that is not right', () => {
  it('is returned at its place, fixed, shown as changed, and listed', async () => {
    const { member } = await onboard(catalog, {
      ...{ home: 'SG', currency: 'SGD' },
      name: { en: 'Returned Once', 'zh-Hans': '退回一次', 'zh-Hant': '退回一次' },
    });
    const draft = fullDraft({ en: 'Ports', 'zh-Hans': '港口', 'zh-Hant': '港口' }, 'api');
    const { body } = await catalog.send(member, 'POST', '/v1/products', { json: draft });
    const path = `/v1/products/${body.id}`;
    await catalog.send(member, 'POST', `${path}/submit`);
    const nowhere = { json: { pointer: '/fields/9/meaning', text: '?' } };
    expect((await catalog.send(desk('first'), 'POST', `${path}/comments`, nowhere)).body.code).toBe(
      'COMMENT_BESIDE_NOTHING',
    );
    const comment = { json: { pointer: '/fields/1/unit', text: 'Count of what?' } };
    const written = await catalog.send(desk('first'), 'POST', `${path}/comments`, comment);
    const returned = await catalog.send(desk('first'), 'POST', `${path}/return`, {
      json: { reason: 'Name the unit.' },
    });
    expect(returned.body).toMatchObject({ status: 'returned', return_reason: 'Name the unit.' });

    const fields = [draft.fields[0], { ...draft.fields[1], unit: '{container}' }];
    const headers = { 'if-match': returned.headers.get('etag') ?? '' };
    const fixed = await catalog.send(member, 'PATCH', path, { json: { fields }, headers });
    expect(fixed.body.status).toBe('draft');
    expect((await catalog.send(member, 'POST', `${path}/submit`)).body.code).toBe('PRODUCT_COMMENTS_OPEN');
    const reply = { json: { answer: 'Of containers.' } };
    await catalog.send(member, 'POST', `${path}/comments/${written.body.id}/answer`, reply);
    expect((await catalog.send(member, 'POST', `${path}/submit`)).body.status).toBe('source_check');

    const view = await catalog.send(desk('first'), 'GET', `${path}/review`);
    expect(view.body).toMatchObject({
      submission: 2,
      findings: [],
      changes: [{ pointer: '/fields/1/unit', before: null, after: '{container}' }],
    });
    const lone = await catalog.send(desk('first'), 'POST', `${path}/pass`, { json: { step: 'legal_review' } });
    expect(lone.body.code).toBe('PRODUCT_STEP_NOT_REACHED');
    expect((await passReview(catalog, body.id)).body.status).toBe('listed');
  });

  it('is refused for good where the law forbids it, with the article', async () => {
    const { id, member } = await onboard(catalog, {
      ...{ home: 'US', currency: 'USD' },
      name: { en: 'Exome Sellers', 'zh-Hans': '外显子商', 'zh-Hant': '外顯子商' },
    });
    const fields = [column('variant', { personal: true, sensitive: true, health: true, gene: true })];
    const draft = fullDraft({ en: 'Exomes', 'zh-Hans': '外显子', 'zh-Hant': '外顯子' }, 'dataset', { fields });
    const { body } = await catalog.send(member, 'POST', '/v1/products', { json: { ...draft, gene_use: 'sale' } });
    const refused = await catalog.send(member, 'POST', `/v1/products/${body.id}/submit`);
    expect(refused.body).toMatchObject({
      status: 'refused',
      refusal: {
        article: 'Regulation on Human Genetic Resources (State Council Order 717), article 10',
        pointer: '/fields/0/gene',
      },
    });
    const events = await catalog.published(body.id);
    expect(events.at(-1)).toMatchObject({ type: 'hetao.catalog.product-refused.v1', data: { merchantId: id } });
    const again = await catalog.send(member, 'POST', `/v1/products/${body.id}/submit`);
    expect([again.status, again.body.code]).toEqual([409, 'PRODUCT_TRANSITION_REFUSED']);
    expect((await catalog.send(buyer, 'GET', `/v1/products/${body.id}`)).status).toBe(404);
  });

  it('is held up at every place at once that can be mended', async () => {
    const { member } = await onboard(catalog, {
      ...{ home: 'MO', currency: 'MOP' },
      name: { en: 'Mend Me', 'zh-Hans': '待补正', 'zh-Hant': '待補正' },
    });
    const fields = [column('patient', { personal: true, sensitive: true })];
    const card = fullCard({
      quality: [],
      text_status: { en: 'original', 'zh-Hans': 'human', 'zh-Hant': 'missing' },
      documents: [
        {
          ...{ kind: 'legal_opinion', title: 'Opinion', issuer: 'A firm', issued_on: '2024-01-01' },
          ...{ valid_until: '2026-02-28', sha256: 'a'.repeat(64) },
        },
      ],
    });
    const draft = fullDraft({ en: 'Clinics', 'zh-Hans': '诊所', 'zh-Hant': '診所' }, 'dataset', { fields, card });
    const { body } = await catalog.send(member, 'POST', '/v1/products', { json: draft });
    const held = await catalog.send(member, 'POST', `/v1/products/${body.id}/submit`);
    expect([held.status, held.body.code]).toEqual([422, 'PRODUCT_CHECKS_FAILED']);
    expect(held.body.errors.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([
      'PERSONAL_WITHOUT_BASIS /fields/0/personal',
      'SENSITIVE_WITHOUT_NECESSITY /fields/0/sensitive',
      'LANGUAGE_MISSING /card/text_status/zh-Hant',
      'QUALITY_INCOMPLETE /card/quality',
      'DOCUMENT_EXPIRED /card/documents/0/valid_until',
      'DOCUMENT_MISSING /card/documents',
    ]);
  });
});

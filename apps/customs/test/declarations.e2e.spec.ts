import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgreementAwaitsReleaseV1, ParticipantApprovedV1, ProductDescribedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken } from '@hetao/testing';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { assessment, documents, exporter, officer, paper, second, tcmDeclaration } from './sample-declaration.js';
import { stepsOf } from './steps.js';

let customs: RunningCustoms;
let merchant: TestCaller;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());
beforeEach(() => {
  customs.clock.set('2026-11-23T02:00:00Z');
  merchant = exporter();
});

const base = '/v1/customs/declarations';
const get = (path: string, as: TestCaller | null = merchant): Promise<Answer> => customs.send(as, 'GET', path);
const patch = (id: string, json: object): Promise<Answer> => customs.send(merchant, 'PATCH', `${base}/${id}`, json);
const codes = ({ body }: Answer, list: string): string[] =>
  Object.values(body[list] ?? {}).map((entry) => `${textOf(entry['code'])} ${textOf(entry['pointer'])}`);
const name = (en: string, zh: string) => ({ en, 'zh-Hans': zh, 'zh-Hant': zh });
const field = (key: string, change: object = {}) => ({
  ...{ name: key, meaning: key, personal: false, sensitive: false, health: false, gene: false, minor: false },
  ...{ exportReason: 'the service is about it', ...change },
});
const at = '2026-11-22T00:00:00.000Z';

/** A table for the next year, as an operator enters it once the State Council has announced it. */
async function enter2027(): Promise<void> {
  const table = {
    place: 'CN',
    year: 2027,
    weekend: [0, 6],
    holidays: ['2027-10-01'],
    makeUpDays: [],
    source: 'a test',
  };
  expect((await customs.send(officer, 'POST', '/v1/customs/calendars', table)).status).toBe(200);
}

interface World {
  readonly productId: string;
  readonly buyerId: string;
  readonly agreementId: string;
  describe(): Promise<void>;
  sign(): Promise<void>;
}
/** A product, its two parties and their agreement, as the catalog and contracts state them. */
async function world(fields: object[], change: { purpose?: string; kind?: 'api' | 'dataset' } = {}): Promise<World> {
  const [productId, buyerId, agreementId] = [newId('prd'), newId('org'), newId('agr')];
  const merchantId = merchant.organisationId ?? '';
  const who = { roles: [], approvedAt: at, approvedBy: 'usr_1', homeCurrency: 'CNY' as const, bankAccount: null };
  await customs.hears(ParticipantApprovedV1, {
    ...who,
    participantId: merchantId,
    name: name('Guangzhou Hospital', '广州医院'),
    jurisdiction: 'CN',
  });
  await customs.hears(ParticipantApprovedV1, {
    ...who,
    participantId: buyerId,
    name: name('HK University', '香港大学'),
    jurisdiction: 'HK',
  });
  return {
    productId,
    buyerId,
    agreementId,
    describe: () =>
      customs.hears(ProductDescribedV1, {
        ...{ productId, merchantId, version: 1, name: name('TCM records', '中医记录'), kind: change.kind ?? 'api' },
        ...{ storedIn: 'CN', subjectsIn: ['CN'], fields: fields as ProductDescribedV1['fields'], describedAt: at },
      }),
    sign: () =>
      customs.hears(AgreementAwaitsReleaseV1, {
        ...{ agreementId, productId, merchantId, buyerId, origin: 'CN', destination: 'HK' },
        ...{ purpose: change.purpose ?? 'research', documentHash: 'ab'.repeat(32), signedAt: at },
        ...{ effectiveFrom: '2026-11-22T16:00:00.000Z', effectiveUntil: '2027-11-22T16:00:00.000Z' },
      }),
  };
}
const prefill = (agreementId: string, as = merchant): Promise<Answer> =>
  customs.send(as, 'POST', `${base}/prefill`, { agreement_id: agreementId });
const spectra = () => [field('wavelength'), field('absorbance')];
/** What only the exporter knows about spectra of herbs. */
const exportersAnswers = {
  facts: {
    'd.core_or_secret': false,
    'd.important': 'not_notified',
    'd.tcm_tech': false,
    'rcp.listed_42': false,
    'exp.total_pi': 3_000_000,
  },
  form: {
    exporter: {
      name: 'Guangzhou Hospital',
      place: 'Guangzhou',
      registration_number: '91440101MA5AAAAA0X',
      contact: null,
    },
    recipient_control: 'public university',
  },
};

describe('a declaration begins with what the exchange knows', () => {
  it('opens by itself once agreement and product are known, whichever is heard of first, and only once', async () => {
    const later = await world(spectra());
    await later.sign();
    expect((await prefill(later.agreementId)).body['code']).toBe('PREFILL_PRODUCT_UNKNOWN');
    await later.describe();
    await later.describe();
    const { body } = await get(base);
    expect(Object.values(body['data'] ?? {}).map((row) => [row['agreement_id'], row['status'], row['kind']])).toEqual([
      [later.agreementId, 'draft', 'first'],
    ]);
    const [first, again] = await Promise.all([prefill(later.agreementId), prefill(later.agreementId)]);
    expect(first.body['declaration']?.['id']).toEqual(again.body['declaration']?.['id']);
  });

  it('fills in recipient, purpose, destination, fields and contract, and names what is still to be answered', async () => {
    const tcm = await world([
      field('pattern', { personal: true, health: true }),
      field('age_band', { personal: true }),
    ]);
    await tcm.describe();
    await tcm.sign();
    const answer = await prefill(tcm.agreementId);
    const id = textOf(answer.body['declaration']?.['id']);
    const { body } = await get(`${base}/${id}/content`);
    expect(body).toMatchObject({
      facts: {
        'tx.origin': 'CN',
        'tx.destination': 'HK',
        'tx.purpose': 'academic',
        'tx.mode': 'api',
        'rcp.gba': true,
        'd.sensitive': true,
        'd.hgr': 'none',
      },
      form: {
        agreement_id: tcm.agreementId,
        recipient_name: 'HK University 香港大学',
        recipient_place: 'HK',
        contract: { effective_from: '2026-11-23', effective_until: '2027-11-23' },
        fields: { 0: { name: 'pattern', health: true, reason: 'the service is about it', legal_basis: null } },
      },
    });
    expect(body['facts']).not.toHaveProperty(['exp.ciio']);
    const missing = codes(answer, 'missing');
    for (const wanted of [
      'FACT_MISSING /facts/d.core_or_secret',
      'FORM_MISSING /form/ciio_basis',
      'FORM_MISSING /form/fields/0/legal_basis',
    ])
      expect(missing).toContain(wanted);
    const finding = await get(`${base}/${id}/finding`);
    expect(Object.keys(finding.body['possible_pathways'] ?? {}).length).toBeGreaterThan(1);
  });

  it('is the merchant’s own: another finds neither agreement nor draft', async () => {
    const mine = await world(spectra());
    await mine.describe();
    await mine.sign();
    const stranger = exporter();
    expect((await prefill(mine.agreementId, stranger)).body['code']).toBe('AGREEMENT_NOT_WAITING');
    const id = textOf((await prefill(mine.agreementId)).body['declaration']?.['id']);
    for (const path of ['', '/content', '/completeness', '/finding', '/history', '/papers', '/papers/finding.html'])
      expect([path, (await get(`${base}/${id}${path}`, stranger)).status]).toEqual([path, 404]);
  });

  it('speaks for no agreement but the exporter’s own, about that product and that buyer', async () => {
    const theirs = await world(spectra());
    await theirs.describe();
    await theirs.sign();
    merchant = exporter();
    const { step, drafted } = stepsOf(customs, merchant);
    const id = await drafted({ form: { agreement_id: theirs.agreementId } });
    await step(merchant, id, 'check');
    expect(codes(await step(merchant, id, 'submit'), 'errors')).toEqual([
      'AGREEMENT_DIFFERS /form/agreement_id',
      'AGREEMENT_DIFFERS /form/product_id',
      'AGREEMENT_DIFFERS /form/recipient_id',
    ]);
    expect((await step(officer, id, 'exempt', paper('memo'))).text).toContain('AGREEMENT_DIFFERS');
    expect((await get(`${base}/${id}/completeness`)).text).toContain('AGREEMENT_DIFFERS');
  });

  it('remembers the exporter’s answers for his next agreement over the same product', async () => {
    const first = await world(spectra());
    await first.describe();
    await first.sign();
    const id = textOf((await prefill(first.agreementId)).body['declaration']?.['id']);
    await patch(id, exportersAnswers);
    await customs.send(merchant, 'POST', `${base}/${id}/check`);
    const next = newId('agr');
    await customs.hears(AgreementAwaitsReleaseV1, {
      ...{
        agreementId: next,
        productId: first.productId,
        merchantId: merchant.organisationId ?? '',
        buyerId: first.buyerId,
      },
      ...{ origin: 'CN', destination: 'HK', purpose: 'research', documentHash: 'cd'.repeat(32), signedAt: at },
      ...{ effectiveFrom: at, effectiveUntil: '2027-11-22T16:00:00.000Z' },
    });
    const { body } = await prefill(next);
    expect([body['missing'], body['declaration']?.['pathway']]).toEqual([[], 'EXEMPT']);
  });
});

describe('a transfer that needs no mechanism', () => {
  it('goes from agreement to release in seven calls', async () => {
    const herbs = await world(spectra());
    await herbs.describe();
    await herbs.sign();
    const id = textOf((await prefill(herbs.agreementId)).body['declaration']?.['id']);
    const changed = await patch(id, exportersAnswers);
    expect(changed.body).toMatchObject({ pathway: 'EXEMPT', rule: 'EX-03' });
    expect((await get(`${base}/${id}/completeness`)).body).toEqual({ complete: true, missing: [] });
    const { step } = stepsOf(customs, merchant);
    await step(merchant, id, 'check');
    const papers = await get(`${base}/${id}/papers?language=en`, officer);
    const memo = Object.values(papers.body['data'] ?? {}).find((each) => textOf(each['kind']) === 'exemption-memo');
    const decision = {
      ...paper('memo 2026-1'),
      evidence_sha256: textOf(memo?.['content_sha256']),
      valid_until: '2027-11-23',
    };
    expect((await step(officer, id, 'exempt', decision)).body['status']).toBe('exempt_memo');
    const released = await step(second, id, 'release', { quota: { general: null, sensitive: null } });
    expect([released.status, released.body['status']]).toEqual([201, 'active']);
    const [event] = await customs.published(textOf(released.body['id']));
    expect(event?.data).toMatchObject({ agreementId: herbs.agreementId, productId: herbs.productId, ruleId: 'EX-03' });
  });

  it('is held against its product of today: a field that came with a new version was not declared', async () => {
    const herbs = await world(spectra());
    await herbs.describe();
    await herbs.sign();
    const id = textOf((await prefill(herbs.agreementId)).body['declaration']?.['id']);
    await patch(id, exportersAnswers);
    const path = `${base}/${id}/product-changes`;
    expect((await get(path)).body).toMatchObject({ must_redeclare: false, triggers: [] });
    const merchantId = merchant.organisationId ?? '';
    const fields = [...spectra(), field('grower', { personal: true })] as ProductDescribedV1['fields'];
    await customs.hears(ProductDescribedV1, {
      ...{ productId: herbs.productId, merchantId, version: 2, name: name('TCM', '中医'), kind: 'api', storedIn: 'CN' },
      ...{ subjectsIn: ['CN'], fields, describedAt: at },
    });
    const { body } = await get(path);
    expect(Object.values(body['triggers'] ?? {}).map((each) => textOf(each['id']))).toEqual([
      'type',
      'scope',
      'pathway',
    ]);
    expect((await get(path, exporter())).status).toBe(404);
  });

  it('gets no memo while the form says otherwise', async () => {
    const herbs = await world(spectra());
    await herbs.describe();
    await herbs.sign();
    const id = textOf((await prefill(herbs.agreementId)).body['declaration']?.['id']);
    const fields = [{ ...tcmDeclaration().form.fields[0], personal: true, sensitive: false, health: false }];
    await patch(id, { ...exportersAnswers, form: { ...exportersAnswers.form, fields } });
    const { step } = stepsOf(customs, merchant);
    await step(merchant, id, 'check');
    const refused = await step(officer, id, 'exempt', paper('memo'));
    expect([refused.status, refused.body['code']]).toEqual([422, 'DECLARATION_INCOMPLETE']);
    expect(refused.text).toContain('/facts/d.pi');
  });
});

describe('two who write the same declaration', () => {
  it('do not overwrite each other: what was read before the other saved is refused, and nothing of it is kept', async () => {
    const { drafted } = stepsOf(customs, merchant);
    const id = await drafted();
    const send = (method: string, json: object, ifMatch: string) =>
      customs.sendOver(merchant, `${base}/${id}`, { method, json, ifMatch });
    const change = (days: number, ifMatch: string) => send('PATCH', { form: { retention_days: days } }, ifMatch);
    const [read, content] = await Promise.all([get(`${base}/${id}`), get(`${base}/${id}/content`)]);
    expect([read.etag, content.etag]).toEqual(['"v1"', '"v1"']);
    expect(await change(30, '"v1"')).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await change(40, '"v1"')).toMatchObject({ status: 412, body: { code: 'VERSION_STALE' } });
    expect((await send('PUT', tcmDeclaration(), '"v1"')).status).toBe(412);
    expect((await get(`${base}/${id}/content`)).body['form']).toMatchObject({ retention_days: 30 });
    expect((await change(40, 'yesterday')).body['code']).toBe('IF_MATCH_MALFORMED');
    expect((await change(40, '"v2"')).body).toMatchObject({ revision: 3 });
    // Whoever does not say what he read writes as before the header was heard.
    expect((await patch(id, { form: { retention_days: 50 } })).status).toBe(200);
  });
});

describe('supplements', () => {
  it('are asked for item by item, and the declaration goes on only when each is answered', async () => {
    const { step, submitted } = stepsOf(customs, merchant);
    const id = await submitted();
    const back = await step(officer, id, 'return', {
      reason: 'Two things are open.',
      items: [
        { about: '/form/deidentification', request: 'Who holds the key?' },
        { about: '/documents/IMPACT_ASSESSMENT', request: 'Sign page 3.' },
      ],
    });
    expect(back.body).toMatchObject({
      status: 'returned',
      supplements: { 0: { round: 1, items: { 0: { id: 's1.1', answer: null } } } },
    });
    const early = await step(merchant, id, 'submit');
    expect([early.body['code'], codes(early, 'errors')]).toEqual([
      ...[
        'DECLARATION_INCOMPLETE',
        ['SUPPLEMENT_UNANSWERED /supplements/s1.1', 'SUPPLEMENT_UNANSWERED /supplements/s1.2'],
      ],
    ]);
    const answer = (item: string) =>
      step(merchant, id, 'supplements', {
        answers: [{ item, answer: 'The hospital.', evidence_sha256: 'ab'.repeat(32) }],
      });
    expect((await answer('s1.9')).body['code']).toBe('SUPPLEMENT_UNKNOWN');
    await answer('s1.1');
    expect((await answer('s1.2')).body).toMatchObject({
      supplements: { 0: { items: { 1: { answer: 'The hospital.', answered_on: '2026-11-23' } } } },
    });
    expect((await step(merchant, id, 'submit')).body['status']).toBe('submitted');
    const round2 = await step(officer, id, 'return', {
      reason: 'Once more.',
      items: [{ about: '/facts/d.pi', request: 'Why?' }],
    });
    expect(round2.body['supplements']).toMatchObject({ 1: { items: { 0: { id: 's2.1' } } } });
    expect(
      (await step(officer, id, 'return', { reason: 'x', items: [{ about: 'everything', request: 'y' }] })).status,
    ).toBe(422);
    expect((await step(exporter(), id, 'supplements', { answers: [{ item: 's2.1', answer: 'no' }] })).status).toBe(404);
  });
});

describe('the mechanism', () => {
  it('may be chosen among those the finding offers: other documents, other limits', async () => {
    const { step, drafted } = stepsOf(customs, merchant);
    const gba = ['LEGAL_REP_ID', 'UNDERTAKING', 'GBA_CONTRACT', 'GBA_IMPACT_ASSESSMENT_KEPT'];
    const supplied = gba.map((id) => ({ id, name: `${id}.pdf`, sha256: 'ab'.repeat(32) }));
    const id = await drafted({ form: { mechanism: 'GBA_SC', documents: supplied } });
    await step(merchant, id, 'check');
    expect((await step(merchant, id, 'submit')).body['status']).toBe('submitted');
    expect(
      (await step(merchant, id, 'events', { name: 'contract_effective', on: '2026-11-23' })).body['clocks'],
    ).toMatchObject([{ id: 'GBA_FILING', due: '2026-12-07' }]);
    const wrong = await drafted({ form: { mechanism: 'SECURITY_ASSESSMENT' } });
    await step(merchant, wrong, 'check');
    expect((await step(merchant, wrong, 'submit')).text).toContain('MECHANISM_NOT_OFFERED');
  });

  it('wants an assessment that is fresh, and decisions with dates that can be', async () => {
    const { step, drafted, submitted } = stepsOf(customs, merchant);
    const stale = await drafted({ form: { assessment: { ...assessment, finished_on: '2026-08-22' } } });
    await step(merchant, stale, 'check');
    expect(codes(await step(merchant, stale, 'submit'), 'errors')).toEqual([
      'ASSESSMENT_NOT_FRESH /form/assessment/finished_on',
    ]);
    const id = await submitted();
    await step(officer, id, 'forward');
    for (const dates of [{ decided_on: '2026-11-24' }, { valid_until: '2026-11-23' }]) {
      const answer = await step(officer, id, 'pass', { ...paper('X'), ...dates });
      expect([answer.status, answer.body['code']]).toEqual([422, 'DECISION_DATES_INVALID']);
    }
  });
});

/** 15,000 patients: a security assessment, which holds three years. */
const large = { facts: { 'ytd.sensitive': 15_000 }, form: { persons: { general: 0, sensitive: 15_000 } } };
const assessed = (change: object = {}) => ({
  ...large,
  form: {
    ...large.form,
    documents: [
      ...documents,
      ...['DECLARATION_FORM', 'RECIPIENT_CONTRACT', 'SELF_ASSESSMENT'].map((id) => ({
        id,
        name: id,
        sha256: 'ab'.repeat(32),
      })),
    ],
    ...change,
  },
});

describe('after a decision', () => {
  const decided = async (): Promise<string> => {
    const { step, cleared, release } = stepsOf(customs, merchant);
    const id = await cleared(assessed());
    expect((await get(`${base}/${id}`)).body['decision']).toMatchObject({ valid_until: '2027-12-01' });
    expect((await release(id, 15_000)).status).toBe(201);
    expect(step).toBeDefined();
    return id;
  };

  it('an extension is asked for within the 60 working days before the end, once, without change, and counts from the end', async () => {
    const { step } = stepsOf(customs, merchant);
    const id = await decided();
    const extend = () => step(merchant, id, 'extension');
    expect((await extend()).body['code']).toBe('CALENDAR_MISSING');
    await enter2027();
    const early = await extend();
    expect([early.status, early.body['code']]).toEqual([409, 'DECLARATION_EXTENSION_TOO_EARLY']);
    // 60 working days before 1 December 2027, one of them a holiday.
    expect(early.text).toContain('from 2027-09-07 until 2027-12-01');
    customs.clock.set('2027-10-11T02:00:00Z');
    const draft = await extend();
    expect([draft.status, draft.body['kind'], draft.body['predecessor_id']]).toEqual([201, 'extension', id]);
    const successor = textOf(draft.body['id']);
    expect((await extend()).body['id']).toBe(successor);
    await patch(successor, {
      form: {
        assessment: { ...assessment, finished_on: '2027-10-01' },
        fields: [...tcmDeclaration().form.fields, { ...tcmDeclaration().form.fields[1], name: 'postcode' }],
      },
    });
    await step(merchant, successor, 'check');
    expect((await step(merchant, successor, 'submit')).text).toContain('MATERIAL_CHANGE');
    await patch(successor, { form: { fields: tcmDeclaration().form.fields } });
    expect((await step(merchant, successor, 'submit')).body['status']).toBe('submitted');
    const forwarded = await step(officer, successor, 'forward');
    expect(Object.values(forwarded.body['clocks'] ?? {}).map((clock) => textOf(clock['id']))).toEqual([
      'SA_EXTENSION_CHECK',
    ]);
    const pass = (until: string) =>
      step(officer, successor, 'pass', { ...paper('E 1'), decided_on: '2027-10-11', valid_until: until });
    expect((await pass('2030-12-02')).body['code']).toBe('DECISION_DATES_INVALID');
    expect((await pass('2030-12-01')).body['status']).toBe('decided_pass');
  });

  it('is refused an extension where the law has none, and never guesses a window it cannot compute', async () => {
    const { step, released } = stepsOf(customs, merchant);
    const { declaration } = await released(8_000);
    expect((await step(merchant, declaration, 'extension')).body['code']).toBe('DECLARATION_NOT_EXTENDABLE');
  });

  it('says which change must be declared anew, with the article, and which need not', async () => {
    const { step } = stepsOf(customs, merchant);
    const id = await decided();
    const compare = (json: object) => step(merchant, id, 'changes', json);
    const less = await compare({
      form: { retention_days: 30, fields: [tcmDeclaration().form.fields[0]], persons: { general: 0, sensitive: 9 } },
    });
    expect(less.body).toMatchObject({ must_redeclare: false, triggers: [] });
    const more = await compare({
      facts: { 'tx.purpose': 'marketing' },
      form: { retention_days: 1000, recipient_control: 'sold to a fund', persons: { general: 0, sensitive: 20_000 } },
    });
    const triggers = Object.values(more.body['triggers'] ?? {});
    expect(triggers.map((each) => textOf(each['id']))).toEqual(['purpose', 'volume', 'recipient_use', 'retention']);
    expect(triggers[0]).toMatchObject({
      before: 'academic',
      after: 'marketing',
      text: { 'zh-Hant': '目的變化' },
      citations: [{ id: 'SAM-14' }, { id: 'NDSMR-38' }],
    });
    expect((await patch(id, { form: { retention_days: 1 } })).body['code']).toBe('DECLARATION_TRANSITION_REFUSED');
    const anew = await step(merchant, id, 'redeclaration', { form: { retention_days: 1000 } });
    expect(anew.body).toMatchObject({ kind: 'redeclaration', status: 'draft', predecessor_id: id });
    expect((await get(`${base}/${textOf(anew.body['id'])}/content`)).body['form']).toMatchObject({
      retention_days: 1000,
    });
  });
});

describe('papers', () => {
  const bytes = async (path: string): Promise<{ status: number; type: string; body: Buffer }> => {
    const headers = { [CALLER_HEADER]: await callerToken(merchant) };
    const response = await fetch(`${customs.service.url}${path}`, { headers });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
  const kinds = async (id: string): Promise<string[]> =>
    Object.values((await get(`${base}/${id}/papers`)).body['data'] ?? {}).map((each) => textOf(each['kind']));

  it('are made from data: the values are in the DOCX and in the PDF, in Chinese, with rule set and hash, a draft until handed in', async () => {
    const { step, drafted } = stepsOf(customs, merchant);
    const id = await drafted(assessed());
    expect(await kinds(id)).toEqual(['finding', 'self-assessment', 'impact-assessment', 'gba-contract-annex']);
    const declared = (await get(`${base}/${id}`)).body;
    const docx = await bytes(`${base}/${id}/papers/self-assessment.docx?language=zh-Hans`);
    const text = strFromU8(unzipSync(docx.body)['word/document.xml'] as Uint8Array);
    const wanted = [
      '数据出境风险自评估报告',
      '草稿',
      '91440101MA5AAAAA0X',
      'age_band',
      'separate consent',
      '15000',
      '2026.11.1',
      textOf(declared['facts_sha256']),
    ];
    for (const each of wanted) expect(text).toContain(each);
    await step(merchant, id, 'check');
    await step(merchant, id, 'submit');
    const pdf = await bytes(`${base}/${id}/papers/impact-assessment.pdf?language=zh-Hant`);
    const { text: printed } = await extractText(await getDocumentProxy(new Uint8Array(pdf.body)), { mergePages: true });
    const flat = printed.replaceAll(/\s/g, '');
    for (const each of ['個人信息保護影響評估報告', '已提交', '接收方所在地法律影響', '數據出境安全評估'])
      expect(flat).toContain(each);
    expect(flat).not.toContain('草稿');
  });

  it('follow the pathway: contract annexes, the one-page form of a small handler, no memo where a mechanism is due', async () => {
    const { drafted } = stepsOf(customs, merchant);
    expect(await kinds(await drafted())).toEqual([
      'finding',
      'impact-assessment',
      'standard-contract-annex',
      'gba-contract-annex',
    ]);
    const small = await drafted({ facts: { 'exp.total_pi': 20_000 } });
    expect(await kinds(small)).toContain('one-page-form');
    const form = await bytes(`${base}/${small}/papers/one-page-form.html?language=en`);
    expect(form.body.toString('utf8')).toContain('Simplified impact form');
    const onePage = await bytes(`${base}/${small}/papers/one-page-form.pdf?language=zh-Hans`);
    expect((await getDocumentProxy(new Uint8Array(onePage.body))).numPages).toBe(1);
    const annex = await bytes(`${base}/${small}/papers/gba-contract-annex.docx?language=zh-Hant`);
    const points = strFromU8(unzipSync(annex.body)['word/document.xml'] as Uint8Array);
    for (const each of ['（內地、香港）', '（五）出境敏感個人信息種類', 'pattern', '8000 人', '730 天'])
      expect(points).toContain(each);
    const memo = await get(`${base}/${small}/papers/exemption-memo.docx`);
    expect([memo.status, memo.body['code']]).toEqual([409, 'PAPER_NOT_APPLICABLE']);
    expect((await get(`${base}/${small}/papers/poem.pdf`)).body['code']).toBe('PAPER_UNKNOWN');
  });

  it('say first of all that a gene dataset may not be sold, with the article', async () => {
    const { drafted, step } = stepsOf(customs, merchant);
    const id = await drafted({ facts: { 'tx.purpose': 'data_product_sale', 'd.hgr': 'info' } });
    expect((await get(`${base}/${id}/finding`)).body).toMatchObject({
      pathway: { id: 'BLOCKED' },
      citations: { 0: { id: 'HGR-10' } },
    });
    await step(merchant, id, 'check');
    expect((await step(merchant, id, 'submit')).text).toContain('HGR-10');
    expect(await kinds(id)).toEqual(['finding']);
    const page = (await bytes(`${base}/${id}/papers/finding.html?language=zh-Hant`)).body.toString('utf8');
    expect(page).toContain('禁止買賣人類遺傳資源');
    expect(page).toContain('《人類遺傳資源管理條例》第10條');
    expect((await get(`${base}/${id}/papers/exemption-memo.pdf`)).text).toContain('HGR-10');
  });
});

describe('can this buyer get this product?', () => {
  const readiness = (id: string, query: string): Promise<Answer> =>
    get(`/v1/customs/products/${id}/export-readiness?${query}`, null);
  const listed = async (fields: object[]): Promise<string> => {
    const known = await world(fields);
    await known.describe();
    return known.productId;
  };

  it('free, after a procedure with its working days, or not at all: with the article and what was taken for granted', async () => {
    await enter2027();
    const herbs = await listed(spectra());
    const free = await readiness(herbs, 'buyer_place=HK&purpose=research');
    expect(free.body).toMatchObject({ answer: 'free', working_days: { most: 0 }, finding: { rule: { id: 'EX-03' } } });
    const granted = Object.values(free.body['assumptions'] ?? {}).map((each) => textOf(each['fact']));
    expect(granted).toEqual(['exp.zone', 'rcp.listed_42', 'd.important', 'd.core_or_secret']);
    const records = await listed([field('pattern', { personal: true, health: true })]);
    expect((await readiness(records, 'buyer_place=SG&purpose=research')).body).toMatchObject({
      answer: 'after_procedure',
      working_days: { least: 15, most: 57, extendable: true },
      latest_decision: { date: '2027-02-10', problem: null },
    });
    expect((await readiness(records, 'buyer_place=CN')).body).toMatchObject({
      answer: 'free',
      finding: { rule: { id: 'SCOPE-01' } },
    });
    const genes = await listed([field('genome', { personal: true, gene: true })]);
    expect((await readiness(genes, 'buyer_place=HK&purpose=research')).body).toMatchObject({
      answer: 'no',
      finding: { rule: { id: 'STOP-05' }, citations: { 0: { id: 'HGR-10' } } },
    });
  });

  it('tells unknown products and places as what they are', async () => {
    const unknown = await readiness(newId('prd'), 'buyer_place=HK');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'PRODUCT_NOT_DESCRIBED']);
    expect((await readiness(newId('prd'), 'buyer_place=MARS')).status).toBe(422);
    await eventually(async () => expect((await readiness('x', 'buyer_place=HK')).status).toBe(404));
  });
});

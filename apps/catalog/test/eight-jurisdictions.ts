import { createHash } from 'node:crypto';
import type { Jurisdiction } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { qualityDimensions } from '../src/card/product-card.js';
import type { Answer, RunningCatalog } from './running-catalog.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const text = (en: string, hans: string, hant: string) => ({ en, 'zh-Hans': hans, 'zh-Hant': hant });

/** Four people of the exchange: nobody decides what he looked at before. */
export const desk = (name: string): TestCaller => ({
  personas: ['operator'],
  organisationId: 'org_exchange',
  subject: `usr_${name}`,
});

/** Who comes, from where, with what: one merchant a place. */
export const merchants: readonly {
  readonly home: Jurisdiction;
  readonly currency: string;
  readonly name: ReturnType<typeof text>;
  readonly kind: string;
}[] = [
  { home: 'CN', currency: 'CNY', name: text('Lingnan Herbal Data', '岭南本草数据', '嶺南本草數據'), kind: 'dataset' },
  { home: 'HK', currency: 'HKD', name: text('Harbour Clinical Index', '海港临床指数', '海港臨床指數'), kind: 'report' },
  { home: 'MO', currency: 'MOP', name: text('Lotus Medicine Lab', '莲花医药实验室', '蓮花醫藥實驗室'), kind: 'model' },
  { home: 'SG', currency: 'SGD', name: text('Straits Shipping Data', '海峡航运数据', '海峽航運數據'), kind: 'api' },
  { home: 'MY', currency: 'MYR', name: text('Palm Trade Records', '棕榈贸易记录', '棕櫚貿易紀錄'), kind: 'dataset' },
  { home: 'VN', currency: 'VND', name: text('Red River Crops', '红河作物', '紅河作物'), kind: 'tool' },
  { home: 'GB', currency: 'GBP', name: text('Thames Compute', '泰晤士计算', '泰晤士計算'), kind: 'compute' },
  { home: 'US', currency: 'USD', name: text('Bay Genomics', '湾区基因', '灣區基因'), kind: 'dataset' },
];

const profile = (name: string) => ({
  legal_name: `${name} Ltd.`,
  registration_number: 'R-2026-0001',
  address: '1 Data Street',
  contact: { name: 'Officer', email: 'officer@data.example' },
  owners: [{ name: 'Founder', share: '100' }],
  statement: 'Collected by ourselves under contract with every source.',
});

/** Hands in every paper the checklist still asks for, as it asks for it. */
export async function handInPapers(catalog: RunningCatalog, member: TestCaller, id: string): Promise<number> {
  const { body } = await catalog.send(member, 'GET', `/v1/participants/${id}/checklist`);
  const items = (body as unknown as { items: { requirement: string; legalisation: string | null; state: string }[] })
    .items;
  const open = items.filter(({ state }) => state !== 'present');
  for (const { requirement, legalisation } of open) {
    const paper = {
      ...{ title: requirement, issuer: 'The authority', legalisation, sha256: sha256(requirement) },
      ...{ issued_on: '2026-02-01', valid_until: '2030-12-31' },
    };
    const answer = await catalog.send(member, 'PUT', `/v1/participants/${id}/documents/${requirement}`, {
      json: paper,
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
  return open.length;
}

/** Tells of the organisation and hands the application in. */
export async function apply(catalog: RunningCatalog, member: TestCaller, id: string, name: string): Promise<Answer> {
  const read = await catalog.send(member, 'GET', `/v1/participants/${id}`);
  await catalog.send(member, 'PATCH', `/v1/participants/${id}/application`, {
    json: { profile: profile(name) },
    headers: { 'if-match': read.headers.get('etag') ?? '' },
  });
  await handInPapers(catalog, member, id);
  return catalog.send(member, 'POST', `/v1/participants/${id}/submit`);
}

/** A card with every section a listing needs. */
export const fullCard = (change: object = {}) => ({
  summary: text('Ten years of records.', '十年记录。', '十年紀錄。'),
  text_status: { en: 'human', 'zh-Hans': 'original', 'zh-Hant': 'machine' },
  industry: 'Q84',
  keywords: ['TCM', '中医药'],
  delivery: ['api'],
  coverage: {
    ...{ from: '2015-01-01', to: '2025-12-31', granularity: 'month' },
    ...{ areas: ['CN-GD', 'HK'], accessible_from: ['CN', 'HK'] },
  },
  refresh: { every: 'P1M' },
  sample: {
    origin: 'synthetic',
    made_by: 'Drawn from the published marginals.',
    columns: ['month'],
    rows: [['2015-01']],
  },
  quality: qualityDimensions.map((dimension) => ({
    ...{
      dimension,
      score: '98.5',
      method: 'Rules on every row',
      assessor: 'Bay Quality Lab',
      assessed_on: '2026-02-01',
    },
  })),
  provenance: {
    ...{ source: 'contract', statement: 'Bought from clinics under contract.' },
    upstream: [
      { id: 'clinics', name: 'Clinic records', holder: 'Clinics', licence: 'Contract 7', valid_until: '2026-12-31' },
    ],
    steps: [{ id: 'clean', description: 'Duplicates dropped', from: ['clinics'] }],
  },
  licence: { title: 'Research licence', may: ['Analyse'], may_not: ['Re-identify'], must: ['Cite'], odrl: null },
  legal: { export_policy: 'conditional' },
  notice_days: 30,
  ...change,
});

export const column = (name: string, change: object = {}) => ({
  ...{ name, meaning: name, meanings: text(name, `${name}列`, `${name}欄`), type: 'text', unit: null, nullable: false },
  ...change,
});

/** What a merchant drafts: of its kind, with a full card. */
export const fullDraft = (name: ReturnType<typeof text>, kind: string, change: object = {}) => ({
  name: text(`${name.en} records`, `${name['zh-Hans']}记录`, `${name['zh-Hant']}紀錄`),
  description: text('Records **with** their sources.', '记录与出处。', '紀錄與出處。'),
  kind,
  languages: ['en'],
  fields: [column('month', { type: 'date' }), column('count', { type: 'integer' })],
  card: fullCard(
    kind === 'compute'
      ? { compute: { environment: 'Python 3.13', cpus: 8, memory_gib: 32, longest: 'PT8H', min_cell: 10 } }
      : {},
  ),
  ...change,
});

/** Takes a product that was handed in through every step, by two people, and lists it. */
export async function passReview(catalog: RunningCatalog, id: string): Promise<Answer> {
  for (const step of ['source_check', 'quality_check', 'legal_review']) {
    const passed = await catalog.send(desk('first'), 'POST', `/v1/products/${id}/pass`, { json: { step } });
    if (passed.status !== 200) throw new Error(JSON.stringify(passed.body));
  }
  return catalog.send(desk('second'), 'POST', `/v1/products/${id}/approve`);
}

/** Invites, completes and approves a merchant. */
export async function onboard(
  catalog: RunningCatalog,
  { home, currency, name }: Pick<(typeof merchants)[number], 'home' | 'currency' | 'name'>,
  roles: readonly string[] = ['merchant'],
): Promise<{ readonly id: string; readonly member: TestCaller }> {
  const bank_account = { name: name.en, account_number: '6222021234567890' };
  const invited = await catalog.send(desk('first'), 'POST', '/v1/participants', {
    json: { onboarding: 'self', name, jurisdiction: home, roles, home_currency: currency, bank_account },
  });
  const id = invited.body.id;
  const member: TestCaller = { personas: ['merchant'], organisationId: id, subject: `usr_${home.toLowerCase()}` };
  const submitted = await apply(catalog, member, id, name.en);
  if (submitted.body.status !== 'submitted') throw new Error(JSON.stringify(submitted.body));
  await catalog.send(desk('first'), 'POST', `/v1/participants/${id}/take`);
  const approved = await catalog.send(desk('second'), 'POST', `/v1/participants/${id}/approve`);
  if (approved.body.status !== 'approved') throw new Error(JSON.stringify(approved.body));
  return { id, member };
}

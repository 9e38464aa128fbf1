import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeApi, until } from '../../../../tools/exchange/api.js';
import { clearAgreement, type ClearingSides } from '../../../../tools/exchange/clear.js';
import { enrol } from '../../../../tools/exchange/enrol.js';
import { licenseProduct, planOf } from '../../../../tools/exchange/license.js';
import { repositoryRoot } from './trade-run.js';

interface Entity {
  readonly id: string;
  readonly status: string;
}
interface Agreement extends Entity {
  readonly document_hash: string;
  readonly release: { readonly origin: string; readonly destination: string } | null;
}
interface Declaration extends Entity {
  readonly agreement_id: string | null;
  readonly pathway: string;
  readonly rule: string | null;
}

const text = (en: string, hans: string, hant: string) => ({ en, 'zh-Hans': hans, 'zh-Hant': hant });
const SCOPES = ['catalog', 'contracts', 'usage', 'customs', 'delivery'].flatMap((area) => [
  `${area}:read`,
  `${area}:write`,
]);

/** Everybody who takes part in clearing a product for a university in Hong Kong. */
export interface ClearingCast extends ClearingSides {
  readonly buyer: ExchangeApi;
  readonly buyerKey: string;
  readonly url: string;
}

/** Registers a hospital group on the mainland and a university in Hong Kong, with a member and a key each. */
export async function gatherCast(url: string): Promise<ClearingCast> {
  const accounts = JSON.parse(readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8')) as {
    email: string;
    api_key: string;
  }[];
  const keyOf = (email: string) => accounts.find((account) => account.email === email)?.api_key ?? '';
  const api = (apiKey: string) => new ExchangeApi({ baseUrl: url, apiKey });
  const officer = api(keyOf('operator@hetao.demo'));
  const supervisor = api(keyOf('customs@hetao.demo'));
  const keys: string[] = [];
  for (const [role, jurisdiction, name] of [
    ['merchant', 'CN', text('Guangzhou hospital group', '广州医院集团', '廣州醫院集團')],
    ['buyer', 'HK', text('A university in Hong Kong', '香港一所大学', '香港一所大學')],
  ] as const) {
    keys.push(await enrol(url, officer, { role, jurisdiction, name, scopes: SCOPES }));
  }
  const [exporterKey = '', buyerKey = ''] = keys;
  return { url, officer, supervisor, exporter: api(exporterKey), buyer: api(buyerKey), buyerKey };
}

type Field = Readonly<Record<string, string | boolean>>;
const column = (name: string, meaning: string, tags: Field): Field => ({
  ...{ name, meaning, export_reason: 'The outcome model needs it.' },
  ...tags,
});

/** Key-coded TCM records of patients, as the exchange's first scenario has them. */
export const tcmProduct = {
  name: text('TCM clinical records', '中医临床记录', '中醫臨床記錄'),
  description: text('Visits, syndromes, outcomes.', '就诊、证候、结局。', '就診、證候、結局。'),
  kind: 'api',
  stored_in: 'CN',
  subjects_in: ['CN'],
  fields: [
    column('pattern', 'Syndrome by GB/T 15657', { personal: true, sensitive: true, health: true }),
    column('age_band', 'Age in bands of five years', { personal: true }),
  ],
};

/** Human genes, which nobody may sell: listed for research at cost, and asked for as a sale. */
export const geneProduct = {
  name: text('Exome variants', '外显子变异', '外顯子變異'),
  description: text('Variants of patients.', '患者变异。', '患者變異。'),
  kind: 'dataset',
  gene_use: 'research_at_cost',
  stored_in: 'CN',
  subjects_in: ['CN'],
  fields: [column('variant', 'Variant call', { personal: true, sensitive: true, health: true, gene: true })],
};

/** Lists the product, licenses it to the university, and has both sign. */
export async function licenseTo(
  cast: ClearingCast,
  product: object,
  purpose: string,
): Promise<{ readonly productId: string; readonly agreement: Agreement }> {
  const { productId, agreementId } = await licenseProduct(cast, {
    product,
    offer: {
      plan: planOf({ calls: '2' }),
      policy: { purposes: [purpose], places_of_use: ['HK'], onward_use: false, retention_days: 730 },
      quota: null,
      valid_until: '2035-01-01T00:00:00Z',
      term: { from: new Date(Date.now() - 60_000).toISOString(), until: '2030-01-01T00:00:00Z' },
    },
    request: { purpose, place_of_use: 'HK' },
  });
  return { productId, agreement: await cast.buyer.get<Agreement>(`/v1/agreements/${agreementId}`) };
}

/** The declaration that opened by itself for an agreement. */
export function declarationOf({ exporter }: ClearingCast, agreementId: string): Promise<Declaration> {
  return until('The declaration', async () => {
    const all = await exporter.list<Declaration>('/v1/customs/declarations');
    return all.find((declaration) => declaration.agreement_id === agreementId);
  });
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const tagged = { source: 'hospital records', legal_basis: 'separate consent', reason: 'needed for the outcome model' };

/** What only the exporter knows of the TCM records: TC-17 of the reference. */
export const tcmAnswers = {
  facts: {
    ...{ 'tx.purpose': 'academic', 'tx.necessity': true, 'tx.collective_basis': false, 'tx.raw_visible': true },
    ...{ 'exp.total_pi': 3_000_000, 'd.pi': 'deidentified', 'rcp.foreign_party': false, 'd.hgr_review_class': false },
    ...{ 'ytd.general': 0, 'ytd.sensitive': 8_000 },
  },
  form: {
    ciio_basis: 'asked the competent authority in 2026; not identified',
    necessity: 'patterns cannot be studied without single records',
    deidentification: 'key-coded, k = 10',
    storage_place: 'Hong Kong',
    retention_days: 730,
    persons: { general: 0, sensitive: 8_000 },
    other_channels: [],
    fields: [
      { name: 'pattern', personal: true, sensitive: true, health: true, gene: false, minor: false, ...tagged },
      { name: 'age_band', personal: true, sensitive: false, health: false, gene: false, minor: false, ...tagged },
    ],
    assessment: {
      ...{ lawfulness: 'separate consent, articles 29 and 39', impact: 'low: key-coded', measures: 'TLS, access log' },
      ...{ recipient_law: 'PDPO', incident_plan: 'notice within 24 hours', finished_on: today() },
    },
  },
};

/** Clears the TCM records for research in Hong Kong, with a quota of persons. @returns the release */
export function clearTcm(cast: ClearingCast, agreementId: string, sensitive: number): Promise<string | undefined> {
  return clearAgreement(cast, agreementId, {
    exporter: { name: 'Guangzhou hospital group', place: 'Guangzhou', registration_number: '91440101MA5AAAAA0X' },
    decided: { on: today(), until: '2029-01-01' },
    ...tcmAnswers,
    quota: { general: null, sensitive },
  });
}

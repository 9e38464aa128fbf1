import { randomUUID } from 'node:crypto';
import type { Member } from '@hetao/testing';
import { ExchangeApi, ExchangeProblem, until } from '../../../../tools/exchange/api.js';
import { DEMO_OFFICER_KEY, DEMO_OPERATOR_KEY } from '../../../../tools/exchange/demo-keys.js';
import { enrol } from '../../../../tools/exchange/enrol.js';
import { licenseProduct, planOf } from '../../../../tools/exchange/license.js';
import { clearTcm, tcmProduct } from './clearing-story.js';

/** What compute costs under this agreement, each meter by itself. */
export const PRICES = {
  ...{ session_minutes: '3.20', vcpu_seconds: '0.05', gb_seconds: '0.01', output_files: '240.00', predictions: '0.10' },
};
const TERMS = {
  ...{ epsilon: 3, queries_per_day: 100, session_minutes: 600, vcpu_seconds: 36_000, gb_seconds: 36_000 },
  ...{ output_files: 10, predictions: 200, own_code: false, max_people: 5 },
};
const NAME = { en: 'TCM (synthetic)', 'zh-Hans': '中医（合成数据）', 'zh-Hant': '中醫（合成數據）' };
const PERSONS = 8_000;

/** A researcher in Hong Kong, who keeps the data in Guangzhou, and the exchange; each with a key and a password. */
export interface SandboxCast {
  readonly url: string;
  readonly researcher: ExchangeApi;
  readonly researcherKey: string;
  readonly custodian: ExchangeApi;
  readonly officer: ExchangeApi;
  readonly supervisor: ExchangeApi;
  /** The same people, as they sign in to the portal. */
  readonly members: Readonly<Record<'researcher' | 'custodian' | 'officer', Member>>;
}

/** An enclave that opens to the researcher: agreed, released by customs, with a legal basis for where he looks from. */
export interface OpenEnclave {
  readonly id: string;
  readonly agreementId: string;
  readonly patients: number;
}

export async function gatherSandbox(url: string): Promise<SandboxCast> {
  const api = (apiKey: string) => new ExchangeApi({ baseUrl: url, apiKey });
  const officer = api(DEMO_OPERATOR_KEY);
  const scopes = ['catalog', 'contracts', 'usage', 'settlement', 'customs', 'sandbox', 'identity'].flatMap((area) => [
    ...[`${area}:read`, `${area}:write`],
  ]);
  const name = (en: string) => ({ en: `${en} ${randomUUID()}`, 'zh-Hans': en, 'zh-Hant': en });
  const members = {
    researcher: memberAt('university'),
    custodian: memberAt('hospital'),
    officer: { email: 'operator@hetao.demo', password: 'demo' },
  };
  const hospital = { role: 'merchant', jurisdiction: 'CN', name: name('Hospital group'), scopes } as const;
  const university = { role: 'buyer', jurisdiction: 'HK', name: name('University'), scopes } as const;
  const custodian = api(await enrol(url, officer, { ...hospital, member: members.custodian }));
  const researcherKey = await enrol(url, officer, { ...university, member: members.researcher });
  const supervisor = api(DEMO_OFFICER_KEY);
  return { url, officer, supervisor, custodian, researcher: api(researcherKey), researcherKey, members };
}

function memberAt(organisation: string): Member {
  return { email: `somebody-${randomUUID()}@${organisation}.example`, password: 'cedar-harbour-quiet-lantern-29' };
}

/** From the listing to the first day of work: licence, release, data, basis, person. */
export async function openEnclave(cast: SandboxCast): Promise<OpenEnclave> {
  const { custodian, researcher } = cast;
  const sides = { ...cast, exporter: custodian, buyer: researcher, buyerKey: cast.researcherKey };
  const { productId, agreementId } = await licenseProduct(sides, {
    product: tcmProduct,
    offer: {
      plan: planOf(PRICES),
      policy: { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 730 },
      quota: null,
      valid_until: '2035-01-01T00:00:00Z',
      term: { from: new Date(Date.now() - 60_000).toISOString(), until: '2030-01-01T00:00:00Z' },
    },
    request: { purpose: 'research', place_of_use: 'HK' },
  });
  const enclave = await custodian.post<{ id: string }>('/v1/sandbox/enclaves', {
    ...{ product_id: productId, name: NAME, data_class: 'synthetic', origin: 'CN', terms: TERMS },
  });
  const path = `/v1/sandbox/enclaves/${enclave.id}`;
  const [{ patients }] = await Promise.all([
    custodian.post<{ patients: number }>(`${path}/synthetic-versions`, { persons: PERSONS, seed: 20_261_123 }),
    clearTcm(sides, agreementId, 3),
  ]);
  await custodian.post(`${path}/legal-bases`, {
    ...{ kind: 'gba_standard_contract', reference: 'GBA-2026-7', destination: 'HK' },
    ...{ valid_from: '2020-01-01T00:00:00Z', valid_until: '2099-01-01T00:00:00Z' },
  });
  const me = await researcher.get<{ subject: string; account_id: string }>('/v1/me');
  // His programme trains with a key, he himself looks and asks in the portal.
  for (const subject of new Set([me.subject, me.account_id])) {
    const person = { agreement_id: agreementId, subject, name: '陳大文', place: 'HK', trained_on: '2026-01-05' };
    await until('The agreement on the enclave', () => custodian.post<object>(`${path}/people`, person).catch(notYet));
  }
  return { id: enclave.id, agreementId, patients };
}

/** The sandbox hears of agreements from contracts; what it has not heard of it will know in a moment. */
function notYet(error: unknown): undefined {
  if (!(error instanceof ExchangeProblem) || error.code !== 'AGREEMENT_NOT_ON_ENCLAVE') throw error;
}

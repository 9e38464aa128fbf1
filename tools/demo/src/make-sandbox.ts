import { type ExchangeApi, until } from '../../exchange/api.js';
import type { Agreement, Enclave, Me } from './answers.js';
import { makeTraining } from './make-training.js';
import type { Making } from './making.js';
import { unless } from './unless.js';
import { dateOf } from './world/calendar.js';
import { story } from './world/deals-licensed.js';
import { STORY_PRODUCT } from './world/world.js';

/** So many that a loss falls further than the noise that privacy needs, few enough to be generated while the rest is made. */
const PATIENTS = 4_000;
const SEED = 20_261_123;
const NAME = {
  en: 'TCM internal medicine, Guangdong 2019–2025 (synthetic)',
  'zh-Hans': '2019年至2025年广东省中医内科（合成数据）',
  'zh-Hant': '2019年至2025年廣東省中醫內科（合成數據）',
};
/** As long as the demo’s agreements last, and more. */
const TWO_YEARS_ON = new Date(Date.now() + 2 * 365 * 24 * 3_600_000).toISOString();
/** What one project may use: a term of work, not a year's production. */
const TERMS = {
  ...{ epsilon: 3, queries_per_day: 100, session_minutes: 6_000, vcpu_seconds: 36_000, gb_seconds: 72_000 },
  ...{ output_files: 200, own_code: false, max_people: 20 },
};

/** Where the exchange is, and the folder for what the demo's researcher keeps to himself. */
interface At {
  readonly baseUrl: string;
  readonly folder: string;
}

/**
 * Opens the enclave of the product that is used inside the sandbox only, to the researcher who has signed for it: so that
 * somebody new can ask for a session at once, and finds a model that was trained there. What is there is left as it is.
 */
export async function makeSandbox(making: Making, at: At): Promise<void> {
  const { cast, found, world, calendar, progress } = making;
  const deal = world.deals.find(({ offer }) => offer === story.offer);
  const plan = found.productPlan(STORY_PRODUCT);
  const agreement = deal && found.agreement(deal);
  const product = plan && found.product(plan);
  if (deal === undefined || agreement === undefined || product === undefined) return;
  const [custodian, researcher] = await Promise.all([cast.as(deal.merchant, found), cast.as(deal.buyer, found)]);
  const [enclave, me] = await Promise.all([enclaveOf(custodian, product.id), researcher.get<Me>('/v1/me')]);
  const opening = { custodian, path: `/v1/sandbox/enclaves/${enclave.id}`, agreement, place: deal.place, me };
  await openEnclave(opening, new Date(calendar.earlier.startMs));
  progress.advance();
  const researcherKey = await cast.keyOf(deal.buyer, found);
  // He himself looks and asks in the portal; his programme trains with a key.
  const admitProgramme = () => admit(opening, me.subject);
  await makeTraining({ ...at, enclaveId: enclave.id, custodian, researcher, researcherKey, admitProgramme });
  progress.advance();
}

/** How many steps {@link makeSandbox} takes. */
export const SANDBOX_STEPS = 2;

interface Opening {
  readonly custodian: ExchangeApi;
  /** Of the enclave. */
  readonly path: string;
  readonly agreement: Agreement;
  readonly place: string;
  /** The researcher. */
  readonly me: Me;
}

/** The data comes last: an enclave that has it is open. */
async function openEnclave(opening: Opening, since: Date): Promise<void> {
  const { custodian, path, place, me } = opening;
  if ((await custodian.get<Enclave>(path)).newest_version !== null) return;
  const months = { valid_from: since.toISOString(), valid_until: TWO_YEARS_ON };
  await custodian.post(`${path}/legal-bases`, {
    ...{ kind: 'gba_standard_contract', reference: 'DEMO-GBA-2026-0117', destination: place, ...months },
  });
  await admit(opening, me.account_id);
  await custodian.post(`${path}/synthetic-versions`, { persons: PATIENTS, seed: SEED });
}

async function enclaveOf(custodian: ExchangeApi, productId: string): Promise<Enclave> {
  const known = (await custodian.list<Enclave>('/v1/sandbox/enclaves')).find(({ product_id: of }) => of === productId);
  const body = { product_id: productId, name: NAME, data_class: 'synthetic', origin: 'CN', terms: TERMS };
  return known ?? custodian.post<Enclave>('/v1/sandbox/enclaves', body);
}

/** The sandbox hears of agreements from contracts; what it has not heard of yet it will know in a moment. */
async function admit({ custodian, path, agreement, place, me }: Opening, subject: string): Promise<void> {
  const trained = { trained_on: dateOf(new Date().toISOString()) };
  const person = { agreement_id: agreement.id, subject, name: me.display_name, place, ...trained };
  await until('The admission to the enclave', () =>
    unless('AGREEMENT_NOT_ON_ENCLAVE', () => custodian.post<object>(`${path}/people`, person)),
  );
}

import { type ExchangeApi, ExchangeProblem, until } from '../../exchange/api.js';
import type { Agreement, Enclave, Member } from './answers.js';
import type { Making } from './making.js';
import { dateOf } from './world/calendar.js';
import { story } from './world/deals-licensed.js';
import { STORY_PRODUCT } from './world/world.js';

/** Enough for tables whose cells hold ten patients, few enough to be generated while the rest of the demo is made. */
const PATIENTS = 2_000;
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

/**
 * Opens the enclave of the product that is used inside the sandbox only, to the researcher who has signed for it: so that
 * somebody new can ask for a session at once. The data comes last; an enclave that has it is left as it is.
 */
export async function makeSandbox({ cast, found, world, calendar, progress }: Making): Promise<void> {
  const deal = world.deals.find(({ offer }) => offer === story.offer);
  const plan = found.productPlan(STORY_PRODUCT);
  const agreement = deal && found.agreement(deal);
  const product = plan && found.product(plan);
  if (deal === undefined || agreement === undefined || product === undefined) return;
  const custodian = await cast.as(deal.merchant, found);
  const enclave = await enclaveOf(custodian, product.id);
  const path = `/v1/sandbox/enclaves/${enclave.id}`;
  if ((await custodian.get<Enclave>(path)).newest_version === null) {
    const months = { valid_from: new Date(calendar.earlier.startMs).toISOString(), valid_until: TWO_YEARS_ON };
    await custodian.post(`${path}/legal-bases`, {
      ...{ kind: 'gba_standard_contract', reference: 'DEMO-GBA-2026-0117', destination: deal.place, ...months },
    });
    const buyer = await cast.as(deal.buyer, found);
    const email = world.organisations.find(({ slug }) => slug === deal.buyer)?.member?.email;
    const researcher = (await buyer.list<Member>('/v1/members')).find((member) => member.email === email);
    if (researcher !== undefined) await admit(custodian, path, { agreement, researcher, place: deal.place });
    await custodian.post(`${path}/synthetic-versions`, { persons: PATIENTS, seed: SEED });
  }
  progress.advance();
}

/** How many steps {@link makeSandbox} takes. */
export const SANDBOX_STEPS = 1;

async function enclaveOf(custodian: ExchangeApi, productId: string): Promise<Enclave> {
  const known = (await custodian.list<Enclave>('/v1/sandbox/enclaves')).find(({ product_id: of }) => of === productId);
  const body = { product_id: productId, name: NAME, data_class: 'synthetic', origin: 'CN', terms: TERMS };
  return known ?? custodian.post<Enclave>('/v1/sandbox/enclaves', body);
}

interface Admission {
  readonly agreement: Agreement;
  readonly researcher: Member;
  readonly place: string;
}

/** The sandbox hears of agreements from contracts; what it has not heard of yet it will know in a moment. */
async function admit(custodian: ExchangeApi, path: string, { agreement, researcher, place }: Admission): Promise<void> {
  const { id: subject, display_name: name } = researcher;
  const person = { agreement_id: agreement.id, subject, name, place, trained_on: dateOf(new Date().toISOString()) };
  await until('The admission to the enclave', async () => {
    try {
      return await custodian.post<object>(`${path}/people`, person);
    } catch (error) {
      if (error instanceof ExchangeProblem && error.code === 'AGREEMENT_NOT_ON_ENCLAVE') return undefined;
      throw error;
    }
  });
}

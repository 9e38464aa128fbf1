import type { Currency, Jurisdiction, LocalizedText } from '@hetao/kernel';
import { bankAccountOf, currencyOf, type BankAccountBody } from './bank-accounts.js';
import { deals } from './deals.js';
import { cityMerchants } from './merchants-city.js';
import { earthMerchants } from './merchants-earth.js';
import { farmMerchants } from './merchants-farms.js';
import { financeMerchants } from './merchants-finance.js';
import { heartbeatDeal, theExchange } from './heartbeat.js';
import { healthMerchants } from './merchants-health.js';
import { industryMerchants } from './merchants-industry.js';
import { transportMerchants } from './merchants-transport.js';
import { applicant, auditors, buyers, channelPartners, suspended } from './organisations.js';
import type { DealSeed, ListingSeed, MerchantSeed, OfferSeed, OrganisationSeed, PriceSeed } from './seed-types.js';

/** Somebody who signs in for an organisation of the demo. */
export interface MemberPlan {
  readonly email: string;
  readonly displayName: string;
  readonly persona: 'merchant' | 'buyer';
  /** Shown on the sign-in page. */
  readonly onCard: boolean;
}

export interface OrganisationPlan {
  readonly slug: string;
  readonly registration: {
    readonly name: LocalizedText;
    readonly jurisdiction: Jurisdiction;
    readonly roles: readonly string[];
    readonly home_currency: Currency;
    readonly bank_account: BankAccountBody;
  };
  readonly standing: 'registered' | 'approved' | 'suspended';
  readonly reason?: string;
  readonly member?: MemberPlan;
}

export interface FieldPlan {
  readonly name: string;
  readonly meaning: string;
  readonly export_reason: string;
}

/** What every product of the demo holds, in short: nothing about anybody, since all of it is made up. */
const FIELDS: readonly FieldPlan[] = [
  { name: 'period', meaning: 'When it was', export_reason: 'What is licensed is compared over time.' },
  { name: 'place', meaning: 'Where it was', export_reason: 'What is licensed is compared by place.' },
  { name: 'measure', meaning: 'What was measured', export_reason: 'Says what the value is of.' },
  { name: 'value', meaning: 'How much it was', export_reason: 'What is licensed.' },
];

export interface ProductPlan {
  /** `merchant/product`. */
  readonly key: string;
  readonly merchant: string;
  readonly draft: {
    readonly name: LocalizedText;
    readonly description: LocalizedText;
    readonly kind: string;
    readonly languages: readonly string[];
    readonly fields: readonly FieldPlan[];
  };
  readonly listing: ListingSeed;
}

export interface OfferPlan {
  /** `merchant/product/offer`. */
  readonly key: string;
  readonly product: string;
  readonly merchant: string;
  readonly seed: OfferSeed;
  readonly plan: {
    readonly currency: Currency;
    readonly components: readonly PriceSeed[];
    readonly fee: { readonly exchange_bps: number; readonly channel_bps: number };
    readonly tax: { readonly jurisdiction: Jurisdiction; readonly rate_bps: number; readonly mode: 'exclusive' };
  };
}

export interface DealPlan extends DealSeed {
  /** Names the deal in usage and nowhere else. */
  readonly key: string;
  readonly merchant: string;
  readonly product: string;
}

/** Everything the demo is to hold; where it stands in time is added when it is made. */
export interface World {
  readonly organisations: readonly OrganisationPlan[];
  readonly products: readonly ProductPlan[];
  readonly offers: readonly OfferPlan[];
  readonly deals: readonly DealPlan[];
}

const merchants: readonly MerchantSeed[] = [
  ...healthMerchants,
  ...financeMerchants,
  ...transportMerchants,
  ...industryMerchants,
  ...earthMerchants,
  ...farmMerchants,
  ...cityMerchants,
  theExchange,
];

/** The product of the closed trade: its oldest offer says in which month the demo began. */
export const STORY_PRODUCT = 'lingnan/tcm-rwe';

/** What the exchange keeps of net, in basis points. */
const EXCHANGE_BPS = 250;

/** Value added, goods and services tax on digital services, in basis points; none in Hong Kong, Macao and most states of the US. */
const TAX_BPS: Readonly<Record<Jurisdiction, number>> = {
  CN: 600,
  HK: 0,
  MO: 0,
  SG: 900,
  MY: 800,
  VN: 1_000,
  GB: 2_000,
  US: 0,
};

const ON_CARDS: ReadonlySet<string> = new Set(['lingnan', 'university']);

/** The demo world: the same every time. */
export function demoWorld(): World {
  return {
    organisations: [
      ...merchants.map((seed) => organisation(seed, 'merchant', memberOf(seed, 'merchant'))),
      ...buyers.map((seed) => organisation(seed, 'buyer', memberOf(seed, 'buyer'))),
      ...channelPartners.map((seed) => organisation(seed, 'channel')),
      ...auditors.map((seed) => organisation(seed, 'auditor')),
      { ...organisation(applicant, 'merchant'), standing: 'registered' },
      { ...organisation(suspended, 'merchant'), standing: 'suspended', reason: suspended.reason },
    ],
    products: merchants.flatMap(productsOf),
    offers: merchants.flatMap(offersOf),
    deals: [...deals, heartbeatDeal].map(dealOf),
  };
}

function organisation(seed: OrganisationSeed, role: string, member?: MemberPlan): OrganisationPlan {
  const { slug, name, jurisdiction } = seed;
  return {
    slug,
    registration: {
      name,
      jurisdiction,
      roles: [role],
      home_currency: currencyOf[jurisdiction],
      bank_account: bankAccountOf(slug, name.en, jurisdiction),
    },
    standing: 'approved',
    ...(member && { member }),
  };
}

function memberOf({ slug, name }: OrganisationSeed, persona: MemberPlan['persona']): MemberPlan {
  const desk = persona === 'merchant' ? 'data desk' : 'licensing';
  return {
    email: `${persona}@${slug}.hetao.demo`,
    displayName: `${name.en} · ${desk}`,
    persona,
    onCard: ON_CARDS.has(slug),
  };
}

function productsOf(merchant: MerchantSeed): ProductPlan[] {
  return merchant.products.map(({ slug, name, description, kind, languages, listing }) => ({
    key: `${merchant.slug}/${slug}`,
    merchant: merchant.slug,
    draft: { name, description, kind, languages, fields: FIELDS },
    listing: listing ?? { state: 'listed' },
  }));
}

function offersOf(merchant: MerchantSeed): OfferPlan[] {
  const { jurisdiction, currency = currencyOf[jurisdiction] } = merchant;
  return merchant.products.flatMap((product) =>
    (product.offers ?? []).map((seed) => ({
      key: `${merchant.slug}/${product.slug}/${seed.slug}`,
      product: `${merchant.slug}/${product.slug}`,
      merchant: merchant.slug,
      seed,
      plan: {
        currency,
        components: seed.prices,
        fee: { exchange_bps: EXCHANGE_BPS, channel_bps: seed.channel?.bps ?? 0 },
        tax: { jurisdiction, rate_bps: TAX_BPS[jurisdiction], mode: 'exclusive' as const },
      },
    })),
  );
}

function dealOf(seed: DealSeed): DealPlan {
  const [merchant = '', product = ''] = seed.offer.split('/');
  return { ...seed, key: `${seed.offer}/${seed.buyer}`, merchant, product: `${merchant}/${product}` };
}

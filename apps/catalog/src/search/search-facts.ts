import type { ProductCard } from '../card/product-card.js';
import { isPublic, type Product } from '../product/product.js';
import type { Readable } from './readable.js';
import type { Cadence, Certificate, FacetFacts, Sensitivity } from './facets.js';
import { cheapest, type OpenOffer } from './entry-price.js';
import { jurisdictions, type Jurisdiction, type LocalizedText } from '@hetao/kernel';

/** What the index keeps of a product beside the words it is found by. */
export interface SearchFacts {
  readonly productId: string;
  readonly merchantId: string;
  readonly status: string;
  readonly isPublic: boolean;
  readonly facets: FacetFacts;
  /** How much a buyer can check before he asks, 0 to 100. */
  readonly standing: number;
  /** What the first use costs at least, in fen of a reference yuan; null where nothing is on offer. */
  readonly entryPrice: bigint | null;
  readonly listedAt: Date | null;
  /** Where an open offer lets the product be used. */
  readonly openTo: readonly Jurisdiction[];
  /** When the first of these offers ends, so that the facts must be made anew. */
  readonly offersUntil: Date | null;
}

/** Who offers it. */
export interface MerchantFacts {
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
}

/** What the index tells of a product, from its card and the offers that are open. */
export function factsOf(product: Product, merchant: MerchantFacts, offers: readonly OpenOffer[]): SearchFacts {
  const { id: productId, merchantId, status, listedAt } = product;
  const price = cheapest(offers);
  return {
    ...{ productId, merchantId, status, listedAt, isPublic: isPublic(product) },
    facets: facetsOf(product, merchant, price.band),
    standing: standingOf(product),
    entryPrice: price.fen,
    openTo: jurisdictions.filter((place) => offers.some(({ placesOfUse }) => placesOfUse.includes(place))),
    offersUntil:
      offers.map(({ validUntil }) => validUntil).sort((one, other) => one.getTime() - other.getTime())[0] ?? null,
  };
}

/** What a product is found by: its names, what is said of it, who offers it. */
export function readableOf({ name, description, kind, fields, card }: Product, merchant: MerchantFacts): Readable {
  return {
    names: [...Object.values(name), ...(card?.keywords ?? []), kind === 'compute' ? 'compute to data' : kind],
    texts: [
      ...Object.values(card?.summary ?? {}),
      ...Object.values(description),
      ...Object.values(merchant.name),
      ...fields.flatMap(({ name: column, meaning }) => [column.replaceAll('_', ' '), meaning]),
    ],
  };
}

function facetsOf(product: Product, merchant: MerchantFacts, priceBand: string): FacetFacts {
  const { card } = product;
  return {
    kind: [product.kind],
    industry: [card?.industry?.slice(0, 1)].filter(isKnown),
    coverage: coverageOf(product),
    stored_in: [product.storedIn],
    jurisdiction: [merchant.jurisdiction],
    delivery: card?.delivery ?? [],
    cadence: [card?.refresh?.every].filter(isKnown).map(cadenceOf),
    price: [priceBand],
    sensitivity: [sensitivityOf(product)],
    certificate: certificatesOf(product),
  };
}

function isKnown(value: string | null | undefined): value is string {
  return typeof value === 'string';
}

/** Places the data is about: where its people live, and the areas its card names. */
function coverageOf({ subjectsIn, card }: Product): readonly string[] {
  const countries = (card?.coverage?.areas ?? []).map((area) => area.slice(0, 2));
  const known: readonly string[] = jurisdictions;
  return [...new Set([...subjectsIn, ...countries.map((country) => (known.includes(country) ? country : 'other'))])];
}

/** The cadence a duration of ISO 8601 comes to; a duration of nothing is said once. */
export function cadenceOf(duration: string): Cadence {
  const hours = hoursOf(duration);
  if (hours === 0) return 'once';
  if (hours < 1) return 'realtime';
  if (hours < 24) return 'hourly';
  if (hours < 24 * 7) return 'daily';
  if (hours < 24 * 28) return 'weekly';
  if (hours < 24 * 90) return 'monthly';
  return hours < 24 * 360 ? 'quarterly' : 'yearly';
}

const PART_HOURS: Readonly<Record<string, number>> = {
  Y: 8760,
  M: 730,
  W: 168,
  D: 24,
  TH: 1,
  TM: 1 / 60,
  TS: 1 / 3600,
};

function hoursOf(duration: string): number {
  const [days = '', time = ''] = duration.replace(/^P/, '').split('T');
  const sum = (part: string, prefix: string): number =>
    [...part.matchAll(/(\d+(?:[.,]\d+)?)([A-Z])/g)].reduce(
      (hours, [, count = '0', unit = '']) => hours + Number(count.replace(',', '.')) * (PART_HOURS[prefix + unit] ?? 0),
      0,
    );
  return sum(days, '') + sum(time, 'T');
}

function sensitivityOf({ fields, card }: Product): Sensitivity {
  const dataClass = card?.legal?.dataClass;
  if (dataClass === 'core') return 'core';
  if (dataClass === 'important' || fields.some(({ importantData }) => importantData)) return 'important';
  if (fields.some(({ gene }) => gene)) return 'gene';
  if (fields.some(({ sensitive, health, minor }) => sensitive || health || minor)) return 'sensitive';
  return fields.some(({ personal }) => personal) ? 'personal' : 'none';
}

function certificatesOf({ status, certificateNumber, card }: Product): readonly Certificate[] {
  const kinds = new Set<string>((card?.documents ?? []).map(({ kind }) => kind));
  const papers = (['quality_report', 'legal_opinion', 'security_assessment'] as const).filter((kind) =>
    kinds.has(kind),
  );
  const listing = status === 'listed' && certificateNumber !== null ? (['listing'] as const) : [];
  const registration = card?.registrationCertificate ? (['registration'] as const) : [];
  return [...listing, ...registration, ...papers];
}

/** What each part of a card is worth to somebody who must decide from it alone. */
const WORTH: readonly (readonly [points: number, has: (card: ProductCard) => boolean])[] = [
  [20, ({ quality }) => quality.length > 0],
  [15, ({ sample }) => sample !== null],
  [15, ({ registrationCertificate }) => registrationCertificate !== null],
  [10, ({ provenance }) => provenance !== null],
  [10, ({ licence }) => licence !== null],
  [10, ({ documents }) => documents.length > 0],
  [5, ({ refresh }) => refresh !== null],
  [5, ({ coverage }) => coverage !== null],
];

function standingOf({ fields, card }: Product): number {
  const described = fields.length > 0 ? 10 : 0;
  return WORTH.reduce((sum, [points, has]) => sum + (card !== null && has(card) ? points : 0), described);
}

import { jurisdictions } from '@hetao/kernel';

/** Sections of the national classification of industries, GB/T 4754-2017. */
export const industrySections = [...'ABCDEFGHIJKLMNOPQRST'] as readonly string[];

/** How often a product is renewed, by what its card promises. */
export const cadences = ['realtime', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'] as const;
export type Cadence = (typeof cadences)[number];

/** What the first use costs, in bands an order of magnitude wide; `none` where nothing is on offer. */
export const priceBands = ['free', 'under_100', 'under_1000', 'under_10000', 'under_100000', 'above', 'none'] as const;
export type PriceBand = (typeof priceBands)[number];

/** The strictest name the law has for something in it, the strictest first. */
export const sensitivities = ['core', 'important', 'gene', 'sensitive', 'personal', 'none'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** Papers a buyer can rely on. */
export const certificates = [
  'listing',
  'registration',
  'quality_report',
  'legal_opinion',
  'security_assessment',
] as const;
export type Certificate = (typeof certificates)[number];

/** Everything a search can be narrowed by, with all values each can have. At most 32 values: one bit each. */
export const facetValues = {
  kind: ['dataset', 'api', 'report', 'tool', 'model', 'compute'],
  industry: industrySections,
  coverage: [...jurisdictions, 'other'],
  stored_in: jurisdictions,
  jurisdiction: jurisdictions,
  delivery: ['api', 'file', 'stream', 'compute'],
  cadence: cadences,
  price: priceBands,
  sensitivity: sensitivities,
  certificate: certificates,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FacetName = keyof typeof facetValues;
export const facetNames = Object.keys(facetValues) as readonly FacetName[];

/** What a product is, by facet; several values where it is several things. */
export type FacetFacts = Readonly<Record<FacetName, readonly string[]>>;

/** The bits of these values of a facet. Values it does not have are left out. */
export function maskOf(name: FacetName, values: readonly string[]): number {
  const all: readonly string[] = facetValues[name];
  let mask = 0;
  for (const value of values) {
    const bit = all.indexOf(value);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask;
}

/** As `kind=dataset`: how a row of the index says it. */
export function labelsOf(facts: FacetFacts): readonly string[] {
  return facetNames.flatMap((name) => facts[name].map((value) => `${name}=${value}`));
}

import { z } from 'zod';
import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import { productDto } from '../product/product.dto.js';
import { productTransitions } from '../product/product.js';
import { facetNames, facetValues, maskOf, type FacetName } from './facets.js';
import { sorts, type Narrowing } from './search.js';
import type { Found } from './search.queries.js';

const choice = (values: readonly string[], what: string) =>
  z
    .string()
    .max(400)
    .regex(new RegExp(`^(?:${values.join('|')})(?:,(?:${values.join('|')}))*$`), `must be of ${values.join(', ')}`)
    .optional()
    .describe(`${what}: one or more of ${values.join(', ')}, separated by commas`);

const facetQuery = {
  kind: choice(facetValues.kind, 'Kinds'),
  industry: choice(facetValues.industry, 'Sections of GB/T 4754-2017'),
  coverage: choice(facetValues.coverage, 'Places the data is about'),
  stored_in: choice(facetValues.stored_in, 'Where the data lies'),
  jurisdiction: choice(facetValues.jurisdiction, 'Where the merchant sits'),
  delivery: choice(facetValues.delivery, 'How a buyer gets at it'),
  cadence: choice(facetValues.cadence, 'How often it is renewed'),
  price: choice(facetValues.price, 'What the first use costs, in bands of yuan'),
  sensitivity: choice(facetValues.sensitivity, 'The strictest name the law has for something in it'),
  certificate: choice(facetValues.certificate, 'Papers a buyer can rely on'),
} satisfies Record<FacetName, z.ZodType>;

/** What a search is for, beside its page: also what is kept of a saved one. */
export const searchCriteria = {
  q: text(100)
    .optional()
    .describe(
      'Words in simplified or traditional Chinese, English, pinyin or its initials; slips of the keyboard are forgiven',
    ),
  status: z.enum(productTransitions.states).optional(),
  merchant_id: idSchema('org').optional(),
  available: z
    .literal('true')
    .optional()
    .describe('Only what you may use already, or could by an offer that is open where you sit'),
  ...facetQuery,
};

export const productQueryDto = cursorQuery.extend({
  ...searchCriteria,
  sort: z.enum(sorts).optional().describe('relevance where words are given, newest otherwise, unless named'),
  facets: choice(['all', ...facetNames], 'Facets to count'),
});
export type ProductQueryDto = z.output<typeof productQueryDto>;

const count = z.int().nonnegative();
const valueCount = z.object({ value: z.string(), count }).meta({ id: 'FacetCount' });
const facetsDto = z
  .object(Object.fromEntries(facetNames.map((name) => [name, z.array(valueCount).optional()])))
  .meta({ id: 'ProductFacets' });

export const productPageDto = pageOf(productDto)
  .extend({
    total: count.describe('Products found, over all pages'),
    available: count.describe('How many of them you may use already, or could by an open offer'),
    corrections: z
      .array(z.object({ typed: z.string(), read_as: z.string() }))
      .describe('Words nobody has written, and what was looked for in their stead'),
    facets: facetsDto.optional().describe('The facets that were asked for; what else choosing a value would find'),
  })
  .meta({ id: 'ProductPage' });
export type ProductPageDto = z.output<typeof productPageDto>;

const MAX_SIMILAR = 20;
export const similarQueryDto = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_SIMILAR).default(5).describe('Most products'),
});
export type SimilarQueryDto = z.output<typeof similarQueryDto>;
export const similarPageDto = pageOf(productDto).meta({ id: 'SimilarProducts' });

export type SearchCriteria = Pick<ProductQueryDto, keyof typeof searchCriteria>;

/** What must hold beside the words. */
export function toNarrowing(criteria: SearchCriteria): Narrowing {
  const chosen = facetNames.flatMap((name) => {
    const values = criteria[name];
    return values === undefined ? [] : [[name, maskOf(name, values.split(','))] as const];
  });
  const { status, merchant_id: merchantId, available } = criteria;
  return { facets: new Map(chosen), status, merchantId, availableOnly: available === 'true' };
}

/** Counts of the facets that were asked for; values that nothing has are left out. */
export function toFacetsDto(asked: string | undefined, { counts }: Pick<Found, 'counts'>): ProductPageDto['facets'] {
  if (asked === undefined) return undefined;
  const names = asked.split(',');
  const wanted = facetNames.filter((name) => names.includes('all') || names.includes(name));
  return Object.fromEntries(
    wanted.map((name) => [
      name,
      facetValues[name]
        .map((value, bit) => ({ value, count: counts[name][bit] ?? 0 }))
        .filter((entry) => entry.count > 0),
    ]),
  );
}

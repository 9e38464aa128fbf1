import { z } from 'zod';
import { cursorQuery, idSchema, localized, longText, pageOf, reasonDto, text } from '@hetao/runtime';
import { productKinds, productTransitions, type Product, type ProductContent } from './product.js';

const MAX_DATA_LANGUAGES = 20;

const content = {
  name: localized(text(200)),
  description: localized(longText(4000)),
  kind: z.enum(productKinds),
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a BCP 47 language tag'))
    .max(MAX_DATA_LANGUAGES)
    .describe('Languages of the data itself, BCP 47'),
};

export const productDraftDto = z
  .strictObject({ ...content, languages: content.languages.default([]) })
  .meta({ id: 'ProductDraft' });
export type ProductDraftDto = z.output<typeof productDraftDto>;

export const productRevisionDto = z
  .strictObject(content)
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change at least one field')
  .meta({ id: 'ProductRevision' });
export type ProductRevisionDto = z.output<typeof productRevisionDto>;

export const productReasonDto = reasonDto.meta({ id: 'ListingReason' });
export type ProductReasonDto = z.output<typeof productReasonDto>;

export const productQueryDto = cursorQuery.extend({
  q: text(100).optional().describe('Words that must all occur in names, descriptions or kind, in any language'),
  status: z.enum(productTransitions.states).optional(),
  kind: z.enum(productKinds).optional(),
  merchant_id: idSchema('org').optional(),
});
export type ProductQueryDto = z.output<typeof productQueryDto>;

export const productDto = z
  .object({
    id: z.string(),
    merchant_id: z.string(),
    name: localized(z.string()),
    description: localized(z.string()),
    kind: z.enum(productKinds),
    languages: z.array(z.string()),
    status: z.enum(productTransitions.states),
    version: z.int().describe('Counts what the merchant changed; agreements name it'),
    revision: z.int().describe('Counts every change; the number in the ETag'),
    created_at: z.iso.datetime(),
    submitted_at: z.iso.datetime().nullable(),
    listed_at: z.iso.datetime().nullable(),
    return_reason: z.string().nullable(),
    delisted_at: z.iso.datetime().nullable(),
    delist_reason: z.string().nullable(),
  })
  .meta({ id: 'Product' });
export type ProductDto = z.output<typeof productDto>;

export const productPageDto = pageOf(productDto).meta({ id: 'ProductPage' });

/** The fields a revision really names. */
export function toChanges({ name, description, kind, languages }: ProductRevisionDto): Partial<ProductContent> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(kind === undefined ? {} : { kind }),
    ...(languages === undefined ? {} : { languages }),
  };
}

/** Renders a product. */
export function toProductDto(product: Product): ProductDto {
  return {
    id: product.id,
    merchant_id: product.merchantId,
    name: product.name,
    description: product.description,
    kind: product.kind,
    languages: [...product.languages],
    status: product.status,
    version: product.version,
    revision: product.revision,
    created_at: product.createdAt.toISOString(),
    submitted_at: product.submittedAt?.toISOString() ?? null,
    listed_at: product.listedAt?.toISOString() ?? null,
    return_reason: product.returnReason,
    delisted_at: product.delistedAt?.toISOString() ?? null,
    delist_reason: product.delistReason,
  };
}

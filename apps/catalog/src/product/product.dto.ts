import { jurisdictions } from '@hetao/kernel';
import { z } from 'zod';
import { cursorQuery, idSchema, localized, longText, pageOf, reasonDto, text } from '@hetao/runtime';
import type { DataField } from './data-description.js';
import { productKinds, productTransitions, type Product, type ProductContent } from './product.js';
import type { DraftContent } from './product.use-cases.js';

const MAX_DATA_LANGUAGES = 20;
const MAX_FIELDS = 500;

const place = z.enum(jurisdictions);

const fieldDto = z
  .strictObject({
    name: text(200),
    meaning: text(500),
    personal: z.boolean().default(false).describe('Personal information (PIPL, article 4)'),
    sensitive: z.boolean().default(false).describe('Sensitive personal information (PIPL, article 28)'),
    health: z.boolean().default(false),
    gene: z.boolean().default(false).describe('Human genetic resources information'),
    minor: z.boolean().default(false).describe('Of children under fourteen'),
    export_reason: text(500).nullable().default(null).describe('Why this column must leave, if it shall'),
  })
  .meta({ id: 'DataField' });

const content = {
  name: localized(text(200)),
  description: localized(longText(4000)),
  kind: z.enum(productKinds),
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a BCP 47 language tag'))
    .max(MAX_DATA_LANGUAGES)
    .describe('Languages of the data itself, BCP 47'),
  stored_in: place.describe('Where the data lies'),
  subjects_in: z.array(place).max(jurisdictions.length).describe('Where the people live whom it is about'),
  fields: z.array(fieldDto).max(MAX_FIELDS).describe('The columns of the data'),
};

export const productDraftDto = z
  .strictObject({
    ...content,
    languages: content.languages.default([]),
    stored_in: content.stored_in.optional().describe('Where the data lies; where the merchant sits unless named'),
    subjects_in: content.subjects_in.default([]),
    fields: content.fields.default([]),
  })
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
    stored_in: place,
    subjects_in: z.array(place),
    fields: z.array(fieldDto),
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

/** A draft in the words of the rules. */
export function toDraft({
  stored_in: storedIn,
  subjects_in: subjectsIn,
  fields,
  ...draft
}: ProductDraftDto): DraftContent {
  return { ...draft, ...(storedIn === undefined ? {} : { storedIn }), subjectsIn, fields: fields.map(toField) };
}

/** The fields a revision really names. */
export function toChanges(revision: ProductRevisionDto): Partial<ProductContent> {
  const { name, description, kind, languages, stored_in: storedIn, subjects_in: subjectsIn, fields } = revision;
  return {
    ...(storedIn === undefined ? {} : { storedIn }),
    ...(subjectsIn === undefined ? {} : { subjectsIn }),
    ...(fields === undefined ? {} : { fields: fields.map(toField) }),
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
    stored_in: product.storedIn,
    subjects_in: [...product.subjectsIn],
    fields: product.fields.map(({ exportReason, ...field }) => ({ ...field, export_reason: exportReason })),
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

function toField({ export_reason: exportReason, ...field }: z.output<typeof fieldDto>): DataField {
  return { ...field, exportReason };
}

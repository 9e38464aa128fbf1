import { jurisdictions } from '@hetao/kernel';
import { z } from 'zod';
import { localized, text } from '@hetao/runtime';
import { cardDto, cardSectionsDto, toCardDto, toSections } from '../card/product-card.dto.js';
import { writtenOn } from '../card/product-card.js';
import { reviewSteps } from '../review/review-steps.js';
import { markdown } from '../shared/markdown.text.js';
import { fromWire, toWire } from '../shared/wire-names.js';
import { MAX_FIELDS, columnTypes, geneUses, type DataField } from './data-description.js';
import { productKinds, productTransitions, type Product, type ProductContent } from './product.js';
import type { ContentChange, DraftContent } from './product-change.js';

const MAX_DATA_LANGUAGES = 20;

const place = z.enum(jurisdictions);

const fieldDto = z
  .strictObject({
    name: text(200),
    meaning: text(500),
    meanings: localized(text(500)).nullable().default(null).describe('The meaning in the languages of the exchange'),
    type: z.enum(columnTypes).nullable().default(null),
    unit: text(40).nullable().default(null).describe('UCUM or ISO 4217, such as mmol/L or CNY'),
    nullable: z.boolean().nullable().default(null).describe('Whether a value may be absent'),
    personal: z.boolean().default(false).describe('Personal information (PIPL, article 4)'),
    sensitive: z.boolean().default(false).describe('Sensitive personal information (PIPL, article 28)'),
    important_data: z.boolean().default(false).describe('Important data (Data Security Law, article 21)'),
    health: z.boolean().default(false),
    gene: z.boolean().default(false).describe('Human genetic resources information'),
    minor: z.boolean().default(false).describe('Of children under fourteen'),
    export_reason: text(500).nullable().default(null).describe('Why this column must leave, if it shall'),
  })
  .meta({ id: 'DataField' });

const content = {
  name: localized(text(200)),
  description: localized(markdown(4000)).describe('CommonMark; raw HTML is refused'),
  kind: z.enum(productKinds),
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a BCP 47 language tag'))
    .max(MAX_DATA_LANGUAGES)
    .describe('Languages of the data itself, BCP 47'),
  stored_in: place.describe('Where the data lies'),
  subjects_in: z.array(place).max(jurisdictions.length).describe('Where the people live whom it is about'),
  fields: z.array(fieldDto).max(MAX_FIELDS).describe('The columns of the data'),
  gene_use: z.enum(geneUses).nullable().describe('What a product with genes in it is handed over for'),
  card: cardSectionsDto.describe('Sections of the card; with one, the listing goes through every step of the review'),
};

export const productDraftDto = z
  .strictObject({
    ...content,
    languages: content.languages.default([]),
    stored_in: content.stored_in.optional().describe('Where the data lies; where the merchant sits unless named'),
    subjects_in: content.subjects_in.default([]),
    fields: content.fields.default([]),
    gene_use: content.gene_use.default(null),
    card: content.card.nullable().default(null),
  })
  .meta({ id: 'ProductDraft' });
export type ProductDraftDto = z.output<typeof productDraftDto>;

export const productRevisionDto = z
  .strictObject(content)
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change at least one field')
  .meta({ id: 'ProductRevision' });
export type ProductRevisionDto = z.output<typeof productRevisionDto>;

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
    gene_use: z.enum(geneUses).nullable(),
    card: cardDto.nullable().describe('null for a basic listing'),
    status: z.enum(productTransitions.states),
    version: z.int().describe('Counts what the merchant changed; agreements name it'),
    revision: z.int().describe('Counts every change; the number in the ETag'),
    created_at: z.iso.datetime(),
    submitted_at: z.iso.datetime().nullable(),
    listed_at: z.iso.datetime().nullable(),
    return_reason: z.string().nullable(),
    submissions: z.int().describe('How often it was handed in'),
    passed: z.array(z.object({ step: z.enum(reviewSteps), at: z.iso.datetime(), note: z.string().nullable() })),
    refusal: z
      .object({ article: z.string(), reason: z.string(), pointer: z.string().nullable() })
      .nullable()
      .describe('Why it is never listed'),
    suspended_at: z.iso.datetime().nullable(),
    suspend_reason: z.string().nullable(),
    certificate: z.object({ number: z.string(), valid_until: z.iso.date() }).nullable(),
    version_of: z.string().nullable().describe('The listed product this is the next version of'),
    effective_at: z.iso.datetime().nullable(),
    delisted_at: z.iso.datetime().nullable(),
    delist_reason: z.string().nullable(),
  })
  .meta({ id: 'Product' });
export type ProductDto = z.output<typeof productDto>;

/** A draft in the words of the rules. */
export function toDraft(dto: ProductDraftDto): DraftContent {
  const { stored_in: storedIn, subjects_in: subjectsIn, gene_use: geneUse, fields, card, ...draft } = dto;
  return {
    ...draft,
    ...(storedIn === undefined ? {} : { storedIn }),
    subjectsIn,
    geneUse,
    fields: fields.map(toField),
    card: card === null ? null : writtenOn(null, toSections(card)),
  };
}

/** The fields a revision really names. */
export function toChanges(revision: ProductRevisionDto): ContentChange {
  const { name, description, kind, languages, stored_in: storedIn, subjects_in: subjectsIn, fields } = revision;
  const { gene_use: geneUse, card } = revision;
  return {
    fields: {
      ...(storedIn === undefined ? {} : { storedIn }),
      ...(subjectsIn === undefined ? {} : { subjectsIn }),
      ...(fields === undefined ? {} : { fields: fields.map(toField) }),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(kind === undefined ? {} : { kind }),
      ...(languages === undefined ? {} : { languages }),
      ...(geneUse === undefined ? {} : { geneUse }),
    },
    sections: card === undefined ? null : toSections(card),
  };
}

/** The part of a product that is reviewed, as the API shows it. */
export function toContentDto(content: ProductContent) {
  return {
    name: content.name,
    description: content.description,
    kind: content.kind,
    languages: [...content.languages],
    stored_in: content.storedIn,
    subjects_in: [...content.subjectsIn],
    fields: content.fields.map((field) => toWire(field)),
    gene_use: content.geneUse,
    card: content.card === null ? null : toCardDto(content.card),
  };
}

/** Renders a product. */
export function toProductDto(product: Product): ProductDto {
  const { certificateNumber, certificateUntil, refusal } = product;
  return {
    id: product.id,
    merchant_id: product.merchantId,
    ...toContentDto(product),
    status: product.status,
    version: product.version,
    revision: product.revision,
    created_at: product.createdAt.toISOString(),
    submitted_at: product.submittedAt?.toISOString() ?? null,
    listed_at: product.listedAt?.toISOString() ?? null,
    return_reason: product.returnReason,
    submissions: product.submissions,
    passed: product.passed.map(({ step, at, note }) => ({ step, at, note })),
    refusal: refusal === null ? null : { ...refusal },
    suspended_at: product.suspendedAt?.toISOString() ?? null,
    suspend_reason: product.suspendReason,
    certificate:
      certificateNumber === null || certificateUntil === null
        ? null
        : { number: certificateNumber, valid_until: certificateUntil },
    version_of: product.versionOf,
    effective_at: product.effectiveAt?.toISOString() ?? null,
    delisted_at: product.delistedAt?.toISOString() ?? null,
    delist_reason: product.delistReason,
  };
}

function toField(field: z.output<typeof fieldDto>): DataField {
  return fromWire(field);
}

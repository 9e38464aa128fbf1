import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { idSchema, localized, longText, text } from '@hetao/runtime';
import { markdown } from '../shared/markdown.text.js';
import { fromWire, toWire } from '../shared/wire-names.js';
import {
  complianceKinds,
  dataClasses,
  deliveryModes,
  exportPolicies,
  personalDataBases,
  propertyRights,
  qualityDimensions,
  sampleOrigins,
  sourceKinds,
  textStatuses,
  type ProductCard,
} from './product-card.js';

const MAX_SAMPLE_ROWS = 100;
const MAX_SAMPLE_COLUMNS = 100;

const open = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
const date = z.iso.date();
const place = z.enum(jurisdictions);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be SHA-256 in lower-case hexadecimal');
const duration = z.iso.duration().max(40);
const name = text(200);
const nodeId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be lower-case letters, digits, "_" and "-"');
const textStatus = z.enum(textStatuses);

const coverage = z
  .strictObject({
    from: open(date),
    to: open(date),
    granularity: open(text(100)),
    areas: z
      .array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be an ISO 3166-1 or 3166-2 code'))
      .max(60)
      .default([]),
    accessible_from: z.array(place).max(jurisdictions.length).default([]),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: 'must not be before from',
  });

const sample = z
  .strictObject({
    origin: z.enum(sampleOrigins),
    made_by: text(1000).describe('How this sample was made'),
    columns: z.array(name).min(1).max(MAX_SAMPLE_COLUMNS),
    rows: z.array(z.array(z.string().max(500).nullable()).max(MAX_SAMPLE_COLUMNS)).max(MAX_SAMPLE_ROWS),
  })
  .superRefine(({ columns, rows }, context) => {
    const index = rows.findIndex((row) => row.length !== columns.length);
    if (index >= 0) {
      context.addIssue({ code: 'custom', path: ['rows', index], message: `must have ${columns.length} cells` });
    }
  });

const quality = z.strictObject({
  dimension: z.enum(qualityDimensions).describe('GB/T 36344-2018'),
  score: z.string().regex(/^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$/, 'must be a percentage from 0 to 100'),
  method: text(1000),
  assessor: name,
  assessed_on: date,
});

const provenance = z.strictObject({
  source: z.enum(sourceKinds),
  statement: longText(2000),
  upstream: z
    .array(z.strictObject({ id: nodeId, name, holder: name, licence: text(500), valid_until: open(date) }))
    .max(50)
    .default([]),
  steps: z
    .array(z.strictObject({ id: nodeId, description: text(500), from: z.array(nodeId).max(50) }))
    .max(100)
    .default([]),
});

const clauses = z.array(text(300)).max(30).default([]);
const licence = z.strictObject({
  title: name,
  may: clauses,
  may_not: clauses,
  must: clauses,
  odrl: open(text(300)),
});

const document = z.strictObject({
  kind: z.enum(complianceKinds),
  title: name,
  number: open(text(100)),
  issuer: name,
  issuer_id: open(idSchema('org')),
  issued_on: date,
  valid_until: open(date),
  sha256,
});

const registration = z.strictObject({
  number: text(100),
  registrar_id: idSchema('org'),
  holder_id: idSchema('org'),
  rights: z.array(z.enum(propertyRights)).min(1).max(3),
  registered_on: date,
  valid_until: date,
});

const legal = z.strictObject({
  basis: open(z.enum(personalDataBases)).describe('Ground to process personal information (PIPL, article 13)'),
  necessity: open(text(1000)).describe('Why sensitive information is necessary (PIPL, article 28)'),
  deidentification: open(text(1000)),
  export_policy: z.enum(exportPolicies),
  data_class: z.enum(dataClasses).default('general').describe('Data Security Law, article 21'),
});

const compute = z.strictObject({
  environment: text(500),
  cpus: z.int().min(1).max(1024),
  memory_gib: z.int().min(1).max(65_536),
  longest: duration,
  min_cell: z.int().min(1).max(10_000),
});

/** The sections of a card, each replaced as a whole; a section that is not sent stays as it is. */
export const cardSectionsDto = z
  .strictObject({
    summary: localized(markdown(400)).nullable(),
    text_status: z.strictObject({ en: textStatus, 'zh-Hans': textStatus, 'zh-Hant': textStatus }).nullable(),
    industry: z
      .string()
      .regex(/^[A-T][0-9]{0,4}$/, 'must be a GB/T 4754-2017 code such as Q84')
      .nullable(),
    keywords: z.array(text(50)).max(30),
    delivery: z.array(z.enum(deliveryModes)).max(deliveryModes.length),
    coverage: coverage.nullable(),
    refresh: z.strictObject({ every: duration }).nullable(),
    sample: sample.nullable(),
    quality: z.array(quality).max(60),
    provenance: provenance.nullable(),
    licence: licence.nullable(),
    documents: z.array(document).max(50),
    registration_certificate: registration.nullable(),
    legal: legal.nullable(),
    compute: compute.nullable(),
    notice_days: z.int().min(0).max(365).describe('Notice before a change that breaks programs'),
  })
  .partial()
  .meta({ id: 'ProductCardSections' });
export type CardSectionsDto = z.output<typeof cardSectionsDto>;

/** A card as it is shown: every section, filled or not. */
export const cardDto = cardSectionsDto.required().meta({ id: 'ProductCard' });
export type CardDto = z.output<typeof cardDto>;

/** The sections a merchant really sent, in the words of the rules. */
export function toSections(dto: CardSectionsDto): Partial<ProductCard> {
  const sent = Object.fromEntries(Object.entries(dto).filter(([, section]) => section !== undefined));
  return fromWire(sent);
}

/** Renders a card. */
export function toCardDto(card: ProductCard): CardDto {
  return toWire(card);
}

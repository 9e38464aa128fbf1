import type { LocalizedText } from '@hetao/kernel';
import type { Facts, FactValue } from '@hetao/rules';
import type { DeclaredField, DeclarationForm } from '../declaration/form.js';

/** What the catalog says a listed product holds. */
export interface KnownProduct {
  readonly productId: string;
  readonly merchantId: string;
  readonly version: number;
  readonly name: LocalizedText;
  readonly kind: 'dataset' | 'api' | 'report' | 'tool' | 'model' | 'compute';
  readonly storedIn: string;
  readonly subjectsIn: readonly string[];
  readonly fields: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly personal: boolean;
    readonly sensitive: boolean;
    readonly health: boolean;
    readonly gene: boolean;
    readonly minor: boolean;
    readonly exportReason: string | null;
  }[];
}
/** A signed agreement that gives no access before it is released. Dates are days on the mainland. */
export interface CrossingAgreement {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly origin: string;
  readonly destination: string;
  readonly purpose: string;
  readonly documentHash: string;
  readonly effectiveFrom: string;
  readonly effectiveUntil: string;
}
export interface KnownParticipant {
  readonly participantId: string;
  readonly name: LocalizedText;
  readonly jurisdiction: string;
}
/** What the exporter answered in his last declaration, and how near that one is to this. */
export interface EarlierAnswers {
  readonly form: DeclarationForm;
  readonly facts: Facts;
}
export interface PrefillSources {
  readonly product: KnownProduct;
  readonly agreement: CrossingAgreement;
  readonly merchant: KnownParticipant | null;
  readonly buyer: KnownParticipant | null;
  readonly earlier: EarlierAnswers | null;
  /** Distinct persons of the year the exchange knows of. */
  readonly persons: { readonly general: number; readonly sensitive: number };
}

const MODES = {
  dataset: 'file',
  api: 'api',
  report: 'file',
  tool: 'file',
  model: 'file',
  compute: 'code_to_data',
} as const;
const RESEARCH = /^(?:(?:academic|scientific|medical)[-_ ]?)?(?:research|academic|teaching)$/i;
const PURPOSES = new Set([
  ...['individual_contract', 'hr', 'emergency', 'statutory_duty', 'academic', 'trade', 'transport', 'manufacturing'],
  ...['marketing', 'data_product_sale', 'loan_application', 'judicial_request'],
]);

/**
 * The purpose as the rules know it. What is agreed on the exchange is bought there: a purpose that the rules have no
 * word for is a sale, and so is anything done with genes, since those may not be bought for any purpose (HGR 10). The
 * exporter may correct it where nothing is sold.
 */
export function purposeOf(agreed: string, product: Pick<KnownProduct, 'fields'>): string {
  if (product.fields.some(({ gene }) => gene)) return 'data_product_sale';
  if (PURPOSES.has(agreed)) return agreed;
  return RESEARCH.test(agreed.trim()) ? 'academic' : 'data_product_sale';
}

/** What a product by itself says about a transfer of it. What it does not say stays unknown. */
export function productFacts({ kind, storedIn, subjectsIn, fields }: KnownProduct): Facts {
  const personal = fields.filter(isPersonal);
  const gene = fields.some((field) => field.gene);
  const mode = MODES[kind];
  const described = fields.length > 0;
  return {
    'tx.origin': storedIn,
    'tx.mode': mode,
    'tx.raw_visible': mode === 'code_to_data' || !described ? null : personal.length > 0,
    'tx.hash_salted': false,
    'd.pi': described ? (personal.length > 0 ? 'identified' : 'none') : null,
    'd.sensitive': described ? personal.some(isSensitive) : null,
    'd.under14': described ? fields.some(({ minor }) => minor) : null,
    'd.health': described ? fields.some(({ health }) => health) : null,
    'd.hgr': described ? (gene ? 'info' : 'none') : null,
    'd.hgr_review_class': described && !gene ? false : null,
    'd.us_bulk': subjectsIn.includes('US') ? null : false,
  };
}

/**
 * A declaration as it would read with the product of today: its fields, and what they say of the data. What the exporter
 * answered beside that stays.
 */
export function withProductOf(declared: EarlierAnswers, product: KnownProduct): EarlierAnswers {
  const known = new Map(declared.form.fields.map((field) => [field.name, field]));
  const told = Object.entries(productFacts(product)).filter(
    ([key, value]) => key.startsWith('d.') && value !== null && value !== undefined,
  );
  // A product only says that there are persons; how far they were hidden the exporter said.
  const hidden =
    declared.facts['d.pi'] === 'deidentified' && told.some(([key, value]) => key === 'd.pi' && value !== 'none');
  return {
    form: { ...declared.form, fields: fieldsOf(product, known) },
    facts: { ...declared.facts, ...Object.fromEntries(told), ...(hidden ? { 'd.pi': 'deidentified' } : {}) },
  };
}

/** What a place says about a recipient there. */
export function recipientFacts(place: string): Facts {
  const bay = place === 'HK' || place === 'MO';
  return {
    'tx.destination': place,
    // A mainland city may lie outside the nine; every part of Hong Kong and Macao belongs to the area.
    'rcp.gba': bay ? true : place === 'CN' ? null : false,
    // Whether Hong Kong and Macao bodies count as foreign for human genetic resources is unclear: it is asked.
    'rcp.foreign_party': bay ? null : place !== 'CN',
  };
}

/** Facts and form of a declaration, from what the exchange knows already. */
export function prefill(sources: PrefillSources): { readonly form: DeclarationForm; readonly facts: Facts } {
  return { form: formOf(sources), facts: factsOf(sources) };
}

function factsOf({ product, agreement, merchant, buyer, earlier, persons }: PrefillSources): Facts {
  const known: Facts = {
    ...productFacts(product),
    ...recipientFacts(buyer?.jurisdiction ?? agreement.destination),
    'tx.origin': agreement.origin,
    'tx.destination': agreement.destination,
    'tx.purpose': purposeOf(agreement.purpose, product),
  };
  const abroad = agreement.origin !== 'CN';
  const bay = merchant?.jurisdiction === 'HK' || merchant?.jurisdiction === 'MO';
  const place: Facts = { ...(abroad ? { 'exp.zone': 'none' } : {}), ...(bay ? { 'exp.gba': true } : {}) };
  const counted: Facts =
    known['d.pi'] === 'none' ? { 'ytd.general': persons.general, 'ytd.sensitive': persons.sensitive } : {};
  const facts = definedOnly({
    ...remembered(earlier, product, agreement),
    ...definedOnly(known),
    ...place,
    ...counted,
  });
  const noList = abroad || facts['exp.zone'] === 'none';
  return { ...facts, ...(noList ? { 'nl.status': 'na' } : {}) };
}

const OF_EXPORTER = ['exp.ciio', 'exp.total_pi', 'exp.gba', 'exp.zone', 'exp.foreign_party'];
const OF_PRODUCT = [
  'd.important',
  'd.core_or_secret',
  'd.tcm_tech',
  'd.us_bulk',
  'tx.collected_abroad',
  'tx.mixes_domestic',
];
const OF_RECIPIENT = ['rcp.listed_42', 'rcp.foreign_party', 'rcp.gba', 'tx.onward_outside_gba'];

/** Answers that a person gave before and that are about the same exporter, the same product, the same recipient. */
function remembered(earlier: EarlierAnswers | null, product: KnownProduct, agreement: CrossingAgreement): Facts {
  if (earlier === null) return {};
  const keys = [
    ...OF_EXPORTER,
    ...(earlier.form.productId === product.productId ? OF_PRODUCT : []),
    ...(earlier.form.recipientId === agreement.buyerId ? OF_RECIPIENT : []),
  ];
  return Object.fromEntries(keys.map((key) => [key, earlier.facts[key] ?? null]));
}

function formOf({ product, agreement, merchant, buyer, earlier }: PrefillSources): DeclarationForm {
  const same = earlier?.form.productId === product.productId ? earlier.form : null;
  const again = same !== null && same.recipientId === agreement.buyerId ? same : null;
  const known = new Map((same?.fields ?? []).map((field) => [field.name, field]));
  const name = (who: KnownParticipant | null, id: string): string => (who === null ? id : bilingual(who.name));
  return {
    title: `${bilingual(product.name)} → ${name(buyer, agreement.buyerId)}`.slice(0, 200),
    productId: product.productId,
    agreementId: agreement.agreementId,
    exporter:
      earlier?.form.exporter ??
      (merchant && {
        name: bilingual(merchant.name),
        place: merchant.jurisdiction,
        registrationNumber: null,
        contact: null,
      }),
    ciioBasis: earlier?.form.ciioBasis ?? null,
    recipientId: agreement.buyerId,
    recipientName: name(buyer, agreement.buyerId),
    recipientPlace: buyer?.jurisdiction ?? agreement.destination,
    recipientControl: again?.recipientControl ?? null,
    scenario: same?.scenario ?? agreement.purpose,
    necessity: same?.necessity ?? null,
    fields: fieldsOf(product, known),
    deidentification: same?.deidentification ?? null,
    storagePlace: again?.storagePlace ?? null,
    retentionDays: again?.retentionDays ?? null,
    onwardTransfers: again?.onwardTransfers ?? null,
    persons: { general: 0, sensitive: 0 },
    otherChannels: null,
    listLookup: same?.listLookup ?? null,
    mechanism: null,
    contract: {
      reference: agreement.agreementId,
      documentSha256: agreement.documentHash,
      effectiveFrom: agreement.effectiveFrom,
      effectiveUntil: agreement.effectiveUntil,
    },
    assessment: again?.assessment ?? null,
    existingNumbers: [],
    documents: [],
  };
}

function fieldsOf(product: KnownProduct, known: ReadonlyMap<string, DeclaredField>): readonly DeclaredField[] {
  return product.fields.map(({ meaning: _unused, exportReason, ...field }) => ({
    ...field,
    personal: isPersonal(field),
    reason: exportReason ?? known.get(field.name)?.reason ?? null,
    source: known.get(field.name)?.source ?? null,
    legalBasis: known.get(field.name)?.legalBasis ?? null,
  }));
}

function isPersonal(field: {
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly minor: boolean;
}): boolean {
  // Sensitive and under 14 are said of persons only.
  return field.personal || field.sensitive || field.minor;
}

/** Health and genes of a person are sensitive whatever else is ticked (PIPL 28). */
function isSensitive(field: KnownProduct['fields'][number]): boolean {
  return field.sensitive || field.minor || field.health || field.gene;
}

function bilingual(name: LocalizedText): string {
  return name.en === name['zh-Hans'] ? name.en : `${name.en} ${name['zh-Hans']}`;
}

function definedOnly(facts: Facts): Record<string, FactValue> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]): [string, FactValue][] =>
      value === null || value === undefined ? [] : [[key, value]],
    ),
  );
}

import type { Jurisdiction, Language, LocalizedText } from '@hetao/kernel';

/** Who wrote a text in a language: the merchant, a translator, a machine; or nobody yet. */
export const textStatuses = ['original', 'human', 'machine', 'missing'] as const;
export type TextStatus = (typeof textStatuses)[number];

/** How a buyer gets at it. */
export const deliveryModes = ['api', 'file', 'stream', 'compute'] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

/** The six dimensions of data quality of GB/T 36344-2018: 规范性 完整性 准确性 一致性 时效性 可访问性. */
export const qualityDimensions = [
  'normativity',
  'completeness',
  'accuracy',
  'consistency',
  'timeliness',
  'accessibility',
] as const;
export type QualityDimension = (typeof qualityDimensions)[number];

/** One dimension, assessed: never a quality word without who found it, how and when. */
export interface QualityAssessment {
  readonly dimension: QualityDimension;
  /** Percent, 0 to 100, as a decimal. */
  readonly score: string;
  readonly method: string;
  /** Organisation on the exchange, or the exchange's own profiling. */
  readonly assessor: string;
  /** ISO 8601 date. */
  readonly assessedOn: string;
}

export const sampleOrigins = ['synthetic', 'masked', 'public'] as const;

/** What a buyer may look at before: never live rows of restricted data. */
export interface Sample {
  readonly origin: (typeof sampleOrigins)[number];
  /** How this sample was made. */
  readonly madeBy: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Places and times apart: of whom it tells, where it lies (on the product itself), from where it may be used. */
export interface Coverage {
  readonly from: string | null;
  readonly to: string | null;
  readonly granularity: string | null;
  /** Areas the data is about: ISO 3166-1 or 3166-2 codes. */
  readonly areas: readonly string[];
  readonly accessibleFrom: readonly Jurisdiction[];
}

/** The four kinds of sources of the national registration guideline (NDA 2026 No. 35). */
export const sourceKinds = ['collected', 'contract', 'public', 'derived'] as const;

/** Somebody else's right this product stands on; when it ends, the listing stops. */
export interface UpstreamRight {
  readonly id: string;
  readonly name: string;
  readonly holder: string;
  readonly licence: string;
  readonly validUntil: string | null;
}

/** A node of the chain of processing; `from` names upstream rights and earlier steps. */
export interface ProcessingStep {
  readonly id: string;
  readonly description: string;
  readonly from: readonly string[];
}

export interface Provenance {
  readonly source: (typeof sourceKinds)[number];
  readonly statement: string;
  readonly upstream: readonly UpstreamRight[];
  readonly steps: readonly ProcessingStep[];
}

/** The licence in plain words, beside the ODRL that machines read. */
export interface Licence {
  readonly title: string;
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
  readonly must: readonly string[];
  /** Identifier of the ODRL policy the offers of this product carry. */
  readonly odrl: string | null;
}

export const complianceKinds = [
  'legal_opinion',
  'compliance_assessment',
  'quality_report',
  'security_assessment',
  'ethics_approval',
  'impact_assessment',
  'hgr_approval',
  'other',
] as const;
export type ComplianceKind = (typeof complianceKinds)[number];

/** A paper behind the listing. What is shown of it turns grey by itself when it expires. */
export interface ComplianceDocument {
  readonly kind: ComplianceKind;
  readonly title: string;
  readonly number: string | null;
  /** Who issued it, by name. */
  readonly issuer: string;
  /** The third-party body, where it takes part in the exchange. */
  readonly issuerId: string | null;
  readonly issuedOn: string;
  readonly validUntil: string | null;
  readonly sha256: string;
}

export const propertyRights = ['hold', 'use', 'operate'] as const;

/** National registration of data property rights: accepted without a second look at source and right. */
export interface RegistrationCertificate {
  readonly number: string;
  /** Registrar, a participant of the exchange. */
  readonly registrarId: string;
  readonly holderId: string;
  readonly rights: readonly (typeof propertyRights)[number][];
  readonly registeredOn: string;
  readonly validUntil: string;
}

/** Grounds to process personal information (PIPL, article 13). */
export const personalDataBases = [
  'consent',
  'separate_consent',
  'contract',
  'legal_duty',
  'public_health',
  'news',
  'disclosed',
  'other_law',
] as const;

export const exportPolicies = ['allowed', 'conditional', 'forbidden'] as const;
export const dataClasses = ['general', 'important', 'core'] as const;

export interface LegalFacts {
  /** Ground to process the personal information in it; null when there is none in it. */
  readonly basis: (typeof personalDataBases)[number] | null;
  /** Why sensitive information is necessary for the purpose (PIPL, article 28). */
  readonly necessity: string | null;
  readonly deidentification: string | null;
  readonly exportPolicy: (typeof exportPolicies)[number];
  /** Class of the data under the Data Security Law, article 21. */
  readonly dataClass: (typeof dataClasses)[number];
}

/** What a compute-to-data session offers: the data stays, the program comes. */
export interface ComputeSession {
  readonly environment: string;
  readonly cpus: number;
  readonly memoryGib: number;
  /** ISO 8601 duration. */
  readonly longest: string;
  /** Smallest group an output may tell of. */
  readonly minCell: number;
}

/** Everything the page of a product tells beside its names and columns. A section that is null was not filled in. */
export interface ProductCard {
  readonly summary: LocalizedText | null;
  readonly textStatus: Readonly<Record<Language, TextStatus>> | null;
  /** GB/T 4754-2017, such as `Q84`. */
  readonly industry: string | null;
  readonly keywords: readonly string[];
  readonly delivery: readonly DeliveryMode[];
  readonly coverage: Coverage | null;
  /** Promised cadence, ISO 8601 duration. */
  readonly refresh: { readonly every: string } | null;
  readonly sample: Sample | null;
  readonly quality: readonly QualityAssessment[];
  readonly provenance: Provenance | null;
  readonly licence: Licence | null;
  readonly documents: readonly ComplianceDocument[];
  readonly registrationCertificate: RegistrationCertificate | null;
  readonly legal: LegalFacts | null;
  readonly compute: ComputeSession | null;
  /** Days buyers are told of a change that breaks their programs, before it comes. */
  readonly noticeDays: number;
}

const DEFAULT_NOTICE_DAYS = 30;

/** A card nobody has written on yet. */
export const emptyCard: ProductCard = {
  summary: null,
  textStatus: null,
  industry: null,
  keywords: [],
  delivery: [],
  coverage: null,
  refresh: null,
  sample: null,
  quality: [],
  provenance: null,
  licence: null,
  documents: [],
  registrationCertificate: null,
  legal: null,
  compute: null,
  noticeDays: DEFAULT_NOTICE_DAYS,
};

/** Lays the sections a merchant sent over the card there was; what he did not send stays. */
export function writtenOn(card: ProductCard | null, sections: Partial<ProductCard>): ProductCard {
  return { ...(card ?? emptyCard), ...sections };
}

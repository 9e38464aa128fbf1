import type { ListingReviewView } from '@hetao/client';
import type { listingFindings } from '../../locales/en/listing-findings.js';
import { readSaid, type Said, type Sentences } from '../said.rules.js';

export type FindingWord = keyof typeof listingFindings.said;
export type ListingFinding = ListingReviewView['findings'][number];

const DAY = String.raw`(?<day>\d{4}-\d\d-\d\d)`;

/** Findings that say one thing whatever is found: their code tells it. */
const ALONE: Readonly<Partial<Record<string, FindingWord>>> = {
  REGISTRAR_UNKNOWN: 'registrarUnknown',
  REGISTRATION_OF_ANOTHER: 'registrationOfAnother',
  CARD_MISSING: 'cardMissing',
  PERSONAL_WITHOUT_BASIS: 'personalWithoutBasis',
  SENSITIVE_WITHOUT_NECESSITY: 'sensitiveWithoutNecessity',
  IMPORTANT_DATA_NOT_CLASSED: 'importantNotClassed',
  TEXT_STATUS_MISSING: 'textStatusMissing',
  DICTIONARY_MISSING: 'dictionaryMissing',
};

/** What the law forbids ends a listing, and its sentence becomes the reason of the refusal, without a code. */
const FORBIDDEN: Sentences<FindingWord> = [
  ['geneSale', /^Human genetic resources may not be bought or sold\. Handing them over for scientific research [^]+$/],
  ['coreData', /^Core data of the state is not traded\.$/],
];

/** The others, with what stands in them (apps/catalog/src/review). */
const SENTENCES: Readonly<Partial<Record<string, Sentences<FindingWord>>>> = {
  MERCHANT_CERTIFICATE_INVALID: [
    ['noCertificate', /^The merchant holds no certificate of this exchange\.$/],
    ['certificateEnded', new RegExp(String.raw`^The merchant's certificate ended on ${DAY}\.$`)],
  ],
  UPSTREAM_RIGHT_EXPIRED: [['rightEnded', new RegExp(String.raw`^The right to (?<name>[^]+) ended on ${DAY}\.$`)]],
  GENE_SALE: FORBIDDEN,
  CORE_DATA: FORBIDDEN,
  DOCUMENT_MISSING: [['paperMissing', /^A paper of kind (?<paper>\w+) is needed\.$/]],
  DOCUMENT_ISSUER_UNKNOWN: [
    ['issuerUnknown', /^(?<issuer>[^]+) is no approved body of this exchange that may issue a (?<paper>\w+)\.$/],
  ],
  DOCUMENT_EXPIRED: [
    ['paperEnded', new RegExp(String.raw`^The paper does not hold today \(${DAY}\)\.$`)],
    ['paperNotYet', /^The paper does not hold today \(the day it is issued\)\.$/],
  ],
  REGISTRATION_EXPIRED: [['registrationEnded', new RegExp(String.raw`^The registration ended on ${DAY}\.$`)]],
  LANGUAGE_MISSING: [
    ['textsMissing', /^The texts in (?<language>[\w-]+) are still missing\.$/],
    ['noChinese', /^There is no Chinese in this text for (?<language>[\w-]+)\.$/],
  ],
  SECTION_MISSING: [
    ['sectionEmpty', /^The section (?<section>\w+) is empty\.$/],
    ['deliveryMissing', /^Say how a buyer gets at it\.$/],
    ['computeMissing', /^A compute session says what it runs on\.$/],
  ],
  QUALITY_INCOMPLETE: [['notAssessed', /^Not assessed: (?<dimensions>\w+(?:, \w+)*)\.$/]],
};

/** Every finding this page knows, by its code. */
export const findingCodes: readonly string[] = [...Object.keys(ALONE), ...Object.keys(SENTENCES)];

/** Reads a finding by its code; undefined where only its own words can tell. */
export function readFinding({ code, detail }: Pick<ListingFinding, 'code' | 'detail'>): Said<FindingWord> | undefined {
  const alone = ALONE[code];
  if (alone !== undefined) return { word: alone, values: {} };
  return readSaid(detail, SENTENCES[code] ?? [])?.[0];
}

/** Reads why a listing was refused, where the checks wrote it; undefined for what a person wrote. */
export function readRefusal(reason: string): Said<FindingWord> | undefined {
  return readSaid(reason, FORBIDDEN)?.[0];
}

/** The laws a finding rests on, one by one, as the words name them: a dot would part a name. */
export function lawsOf(article: string): readonly { readonly name: string; readonly text: string }[] {
  return article.split('; ').map((text) => ({ name: text.replaceAll('.', ''), text }));
}

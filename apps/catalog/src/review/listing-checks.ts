import { languages, type LocalizedText } from '@hetao/kernel';
import { qualityDimensions, type ProductCard } from '../card/product-card.js';
import type { Product } from '../product/product.js';
import type { CheckFacts } from './check-facts.js';
import type { Finding, FindingLevel } from './finding.js';
import { cardChecks } from './card-checks.js';

/** What the automatic checks find; a basic listing (without a card) is held to what is forbidden alone. */
export function checkListing(product: Product, facts: CheckFacts): readonly Finding[] {
  const forbidden = forbiddenFindings(product);
  if (product.card === null) {
    const law = softened(lawfulness(product, null));
    return facts.basicListings ? [...forbidden, ...law] : [...forbidden, cardMissing, ...law];
  }
  return [
    ...forbidden,
    ...lawfulness(product, product.card),
    ...languageFindings(product, product.card),
    ...completeness(product, product.card),
    ...cardChecks(product, product.card, facts),
  ];
}

const cardMissing: Finding = {
  code: 'CARD_MISSING',
  level: 'blocking',
  pointer: '/card',
  detail: 'This exchange lists no product without a card.',
  article: null,
};

/** Law that no paper mends: such a product is never listed. */
function forbiddenFindings({ fields, geneUse, card }: Product): Finding[] {
  const findings: Finding[] = [];
  const gene = fields.findIndex((field) => field.gene);
  if (gene >= 0 && geneUse !== 'research_at_cost') {
    findings.push({
      code: 'GENE_SALE',
      level: 'forbidden',
      pointer: `/fields/${gene}/gene`,
      detail:
        'Human genetic resources may not be bought or sold. Handing them over for scientific research at reasonable ' +
        'cost is no sale: then say so with gene_use "research_at_cost".',
      article: 'Regulation on Human Genetic Resources (State Council Order 717), article 10',
    });
  }
  if (card?.legal?.dataClass === 'core') {
    findings.push({
      code: 'CORE_DATA',
      level: 'forbidden',
      pointer: '/card/legal/data_class',
      detail: 'Core data of the state is not traded.',
      article: 'Data Security Law, article 21',
    });
  }
  return findings;
}

function lawfulness({ fields }: Product, card: ProductCard | null): Finding[] {
  const findings: Finding[] = [];
  const blocking = found(findings, 'blocking');
  const personal = fields.findIndex((field) => field.personal);
  if (personal >= 0 && (card?.legal?.basis ?? null) === null) {
    blocking(
      'PERSONAL_WITHOUT_BASIS',
      `/fields/${personal}/personal`,
      'Personal information is in it, and no legal ground to process it is named.',
      'PIPL, article 13',
    );
  }
  const sensitive = fields.findIndex((field) => field.sensitive);
  if (sensitive >= 0 && (card?.legal?.necessity ?? null) === null) {
    blocking(
      'SENSITIVE_WITHOUT_NECESSITY',
      `/fields/${sensitive}/sensitive`,
      'Sensitive personal information needs a specific purpose and sufficient necessity.',
      'PIPL, article 28',
    );
  }
  const important = fields.findIndex((field) => field.importantData);
  if (important >= 0 && card?.legal?.dataClass !== 'important') {
    blocking(
      'IMPORTANT_DATA_NOT_CLASSED',
      `/fields/${important}/important_data`,
      'A column is important data, yet the product is not classed so.',
      'Data Security Law, article 21',
    );
  }
  return findings;
}

const HAN = /\p{Script=Han}/u;

function languageFindings({ name, description }: Product, { summary, textStatus }: ProductCard): Finding[] {
  const findings: Finding[] = [];
  const blocking = found(findings, 'blocking');
  for (const language of languages) {
    if (textStatus?.[language] === 'missing') {
      blocking('LANGUAGE_MISSING', `/card/text_status/${language}`, `The texts in ${language} are still missing.`);
    }
    if (language === 'en') continue;
    const texts: [string, LocalizedText | null][] = [
      ['/name', name],
      ['/description', description],
      ['/card/summary', summary],
    ];
    for (const [pointer, text] of texts) {
      if (text === null || HAN.test(text[language])) continue;
      blocking('LANGUAGE_MISSING', `${pointer}/${language}`, `There is no Chinese in this text for ${language}.`);
    }
  }
  if (textStatus === null) {
    found(findings, 'advice')('TEXT_STATUS_MISSING', '/card/text_status', 'Say who wrote the texts in each language.');
  }
  return findings;
}

function completeness({ kind, fields }: Product, card: ProductCard): Finding[] {
  const findings: Finding[] = [];
  const blocking = found(findings, 'blocking');
  const sections = ['summary', 'industry', 'coverage', 'provenance', 'licence', 'legal'] as const;
  for (const section of sections) {
    if (card[section] === null) blocking('SECTION_MISSING', `/card/${section}`, `The section ${section} is empty.`);
  }
  if (card.delivery.length === 0) blocking('SECTION_MISSING', '/card/delivery', 'Say how a buyer gets at it.');
  if (kind === 'compute' && card.compute === null) {
    blocking('SECTION_MISSING', '/card/compute', 'A compute session says what it runs on.');
  }
  if (kind !== 'dataset') return findings;
  if (fields.length === 0) blocking('DICTIONARY_MISSING', '/fields', 'A dataset is listed with its data dictionary.');
  const assessed = new Set(card.quality.map(({ dimension }) => dimension));
  const missing = qualityDimensions.filter((dimension) => !assessed.has(dimension));
  if (missing.length > 0) {
    blocking('QUALITY_INCOMPLETE', '/card/quality', `Not assessed: ${missing.join(', ')}.`, 'GB/T 36344-2018');
  }
  return findings;
}

function softened(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, level: 'advice' }));
}

/** Adds findings of one level. */
function found(findings: Finding[], level: FindingLevel) {
  return (code: string, pointer: string, detail: string, article: string | null = null): void => {
    findings.push({ code, level, pointer, detail, article });
  };
}

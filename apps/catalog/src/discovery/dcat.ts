import type { LocalizedText } from '@hetao/kernel';
import type { Cadence } from '../search/facets.js';
import { cadenceOf } from '../search/search-facts.js';
import { known, productAddress, type Addresses, type JsonObject, type PublicProduct } from './public-product.js';

const EU = 'http://publications.europa.eu/resource/authority';

/** The words of DCAT-AP 3.0 and what they are short for; written into every document, so that nothing must be fetched. */
export const dcatContext: JsonObject = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
};

/** Sections of GB/T 4754-2017 as data themes of the European Union. */
const THEMES: Readonly<Record<string, string>> = {
  ...{ A: 'AGRI', B: 'ENER', C: 'ECON', D: 'ENER', E: 'REGI', F: 'ECON', G: 'TRAN', H: 'ECON', I: 'TECH', J: 'ECON' },
  ...{ K: 'REGI', L: 'ECON', M: 'TECH', N: 'ENVI', O: 'SOCI', P: 'EDUC', Q: 'HEAL', R: 'EDUC', S: 'GOVE', T: 'INTR' },
};
const FREQUENCIES: Readonly<Record<Cadence, string>> = {
  ...{ realtime: 'CONT', hourly: 'HOURLY', daily: 'DAILY', weekly: 'WEEKLY' },
  ...{ monthly: 'MONTHLY', quarterly: 'QUARTERLY', yearly: 'ANNUAL', once: 'NEVER' },
};
/** ISO 639-1 to the three letters of the European list. */
const LANGUAGES: Readonly<Record<string, string>> = { zh: 'ZHO', en: 'ENG', pt: 'POR', vi: 'VIE', ms: 'MSA' };
/** ISO 3166 in two letters to three. */
const COUNTRIES: Readonly<Record<string, string>> = {
  ...{ CN: 'CHN', HK: 'HKG', MO: 'MAC', SG: 'SGP', MY: 'MYS', VN: 'VNM', GB: 'GBR', US: 'USA' },
};

/** What is asked over the network by a program is a service to DCAT, what is handed over a dataset. */
function isService({ kind }: PublicProduct): boolean {
  return kind === 'api' || kind === 'compute' || kind === 'tool';
}

/** One product in DCAT-AP 3.0, as JSON-LD; without its context where it stands in a catalog. */
export function dcatResource(product: PublicProduct, addresses: Addresses): JsonObject {
  const { id, name, description, version, listedAt, card } = product;
  const address = productAddress(addresses, id);
  return known({
    '@id': address,
    '@type': isService(product) ? 'dcat:DataService' : 'dcat:Dataset',
    'dct:identifier': id,
    'dct:title': texts(name),
    'dct:description': texts(description),
    'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': texts(product.merchantName) },
    'dcat:contactPoint': {
      '@type': 'vcard:Organization',
      'vcard:fn': product.merchantName.en,
      'vcard:hasURL': { '@id': address },
    },
    'dcat:keyword': card?.keywords.map((keyword) => keyword),
    'dcat:theme': uri('data-theme', THEMES[card?.industry?.slice(0, 1) ?? '']),
    'dct:language': product.languages.flatMap((language) => uri('language', LANGUAGES[language.slice(0, 2)]) ?? []),
    'dct:accessRights': uri('access-right', 'RESTRICTED'),
    'dcat:landingPage': { '@id': address },
    'dcat:version': String(version),
    ...(isService(product) ? serviceOnly(product, address) : datasetOnly(product, address, listedAt)),
  });
}

/** One product, complete in itself. */
export function dcatDocument(product: PublicProduct, addresses: Addresses): JsonObject {
  return { '@context': dcatContext, ...dcatResource(product, addresses) };
}

/** A page of the whole catalog. */
export function dcatCatalog(
  products: readonly PublicProduct[],
  page: { readonly self: string; readonly next: string | null },
  addresses: Addresses,
): JsonObject {
  const resources = products.map((product) => ({ product, resource: dcatResource(product, addresses) }));
  const those = (service: boolean) =>
    resources.filter(({ product }) => isService(product) === service).map(({ resource }) => resource);
  return known({
    '@context': dcatContext,
    '@id': `${addresses.base}/v1/catalog/dcat`,
    '@type': 'dcat:Catalog',
    'dct:title': texts({ en: 'Hetao Exchange', 'zh-Hans': '河套数据交易所', 'zh-Hant': '河套數據交易所' }),
    'dct:description': texts({
      en: 'Data products listed at the Hetao Exchange.',
      'zh-Hans': '河套数据交易所挂牌的数据产品。',
      'zh-Hant': '河套數據交易所掛牌的數據產品。',
    }),
    'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': 'Hetao Exchange' },
    'dcat:dataset': those(false),
    'dcat:service': those(true),
    'hydra:view': known({
      '@id': page.self,
      '@type': 'hydra:PartialCollectionView',
      'hydra:next': page.next === null ? undefined : { '@id': page.next },
    }),
  });
}

function datasetOnly({ card, subjectsIn }: PublicProduct, address: string, listedAt: Date): JsonObject {
  const places = new Set([...subjectsIn, ...(card?.coverage?.areas.map((area) => area.slice(0, 2)) ?? [])]);
  return known({
    'dct:issued': { '@type': 'xsd:dateTime', '@value': listedAt.toISOString() },
    'dct:accrualPeriodicity': card?.refresh ? uri('frequency', FREQUENCIES[cadenceOf(card.refresh.every)]) : undefined,
    'dct:spatial': [...places].flatMap((place) => uri('country', COUNTRIES[place]) ?? []),
    'dct:temporal': temporal(card?.coverage?.from, card?.coverage?.to),
    'dct:provenance': card?.provenance
      ? { '@type': 'dct:ProvenanceStatement', 'rdfs:label': card.provenance.statement }
      : undefined,
    'dcat:distribution': known({
      '@id': `${address}#distribution`,
      '@type': 'dcat:Distribution',
      'dcat:accessURL': { '@id': address },
      'dct:license': licence(card?.licence?.title, `${address}#licence`),
    }),
  });
}

function serviceOnly({ card }: PublicProduct, address: string): JsonObject {
  return known({
    'dcat:endpointURL': { '@id': address },
    'dct:license': licence(card?.licence?.title, `${address}#licence`),
  });
}

function licence(title: string | undefined, address: string): JsonObject | undefined {
  return title === undefined ? undefined : { '@id': address, '@type': 'dct:LicenseDocument', 'dct:title': title };
}

function temporal(from: string | null | undefined, to: string | null | undefined): JsonObject | undefined {
  if (!from && !to) return undefined;
  const day = (value: string | null | undefined) => (value ? { '@type': 'xsd:date', '@value': value } : undefined);
  return known({ '@type': 'dct:PeriodOfTime', 'dcat:startDate': day(from), 'dcat:endDate': day(to) });
}

function texts(text: LocalizedText): readonly JsonObject[] {
  return Object.entries(text).map(([language, value]) => ({ '@language': language, '@value': value }));
}

function uri(list: string, code: string | undefined): JsonObject | undefined {
  return code === undefined ? undefined : { '@id': `${EU}/${list}/${code}` };
}

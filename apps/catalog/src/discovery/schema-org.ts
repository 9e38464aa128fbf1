import { known, productAddress, type Addresses, type JsonObject, type PublicProduct } from './public-product.js';

const TYPES: Readonly<Record<PublicProduct['kind'], string>> = {
  ...{ dataset: 'Dataset', report: 'Dataset', model: 'Dataset' },
  ...{ api: 'WebAPI', tool: 'Service', compute: 'Service' },
};

/** Search engines of datasets want a description of at most so many characters. */
const LONGEST_DESCRIPTION = 5_000;

/** One product as schema.org says it: Dataset, or WebAPI and Service where it is asked rather than handed over. */
export function schemaOrgThing(product: PublicProduct, addresses: Addresses): JsonObject {
  const { id, kind, name, description, card } = product;
  const address = productAddress(addresses, id);
  const { en, ...others } = name;
  const isDataset = TYPES[kind] === 'Dataset';
  return known({
    '@id': address,
    '@type': TYPES[kind],
    name: en,
    alternateName: Object.values(others),
    description: description.en.slice(0, LONGEST_DESCRIPTION),
    url: address,
    identifier: id,
    ...(isDataset
      ? { creator: organisation(product), publisher: organisation(product) }
      : { provider: organisation(product) }),
    ...(isDataset ? datasetOnly(product, address) : {}),
    ...(kind === 'api' ? { documentation: address } : {}),
    ...(isDataset && card !== null ? { keywords: [...card.keywords] } : {}),
  });
}

/** One product, complete in itself. */
export function schemaOrgDocument(product: PublicProduct, addresses: Addresses): JsonObject {
  return { '@context': 'https://schema.org', ...schemaOrgThing(product, addresses) };
}

/** A page of the whole catalog. */
export function schemaOrgCatalog(
  products: readonly PublicProduct[],
  page: { readonly self: string; readonly next: string | null },
  addresses: Addresses,
): JsonObject {
  return known({
    '@context': 'https://schema.org',
    '@id': `${addresses.base}/v1/catalog/schema-org`,
    '@type': 'DataCatalog',
    name: 'Hetao Exchange',
    alternateName: ['河套数据交易所', '河套數據交易所'],
    description: 'Data products listed at the Hetao Exchange.',
    url: page.self,
    dataset: products.map((product) => schemaOrgThing(product, addresses)),
    hasPart: page.next === null ? undefined : { '@id': page.next, '@type': 'DataCatalog', url: page.next },
  });
}

function datasetOnly(
  { fields, version, listedAt, languages, subjectsIn, card }: PublicProduct,
  address: string,
): JsonObject {
  const { from = null, to = null, areas = [] } = card?.coverage ?? {};
  return known({
    version: String(version),
    datePublished: listedAt.toISOString().slice(0, 10),
    inLanguage: [...languages],
    isAccessibleForFree: false,
    license: card?.licence
      ? { '@type': 'CreativeWork', name: card.licence.title, url: `${address}#licence` }
      : undefined,
    // An interval of ISO 8601; two points stand for a side that is open.
    temporalCoverage: from === null && to === null ? undefined : `${from ?? '..'}/${to ?? '..'}`,
    spatialCoverage: [...new Set([...subjectsIn, ...areas])],
    variableMeasured: fields.map(({ name, meaning, unit }) =>
      known({ '@type': 'PropertyValue', name, description: meaning, unitText: unit ?? undefined }),
    ),
  });
}

function organisation({ merchantName }: PublicProduct): JsonObject {
  const { en, ...others } = merchantName;
  return { '@type': 'Organization', name: en, alternateName: Object.values(others) };
}

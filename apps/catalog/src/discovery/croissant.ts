import { known, productAddress, type Addresses, type JsonObject, type PublicProduct } from './public-product.js';

/** The context every Croissant 1.0 document carries, as its specification prints it. */
const context: JsonObject = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};

const TYPES: Readonly<Record<string, string>> = {
  ...{ boolean: 'sc:Boolean', integer: 'sc:Integer', decimal: 'sc:Float' },
  ...{ date: 'sc:Date', instant: 'sc:DateTime', time: 'sc:Text' },
};

/**
 * A dataset in Croissant 1.0. The data itself is handed over under an agreement, so that no file of it has an address
 * here; the columns are told, with the rows of the sample where there is one.
 */
export function croissantDocument(product: PublicProduct, addresses: Addresses): JsonObject {
  const { id, name, description, card, version, listedAt, merchantName, languages } = product;
  const address = productAddress(addresses, id);
  return known({
    '@context': context,
    '@type': 'sc:Dataset',
    '@id': address,
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: name.en,
    alternateName: [name['zh-Hans'], name['zh-Hant']],
    description: description.en,
    url: address,
    identifier: id,
    version: `${version}.0.0`,
    datePublished: listedAt.toISOString().slice(0, 10),
    creator: { '@type': 'sc:Organization', name: merchantName.en },
    license: card?.licence?.title ?? `${address}#licence`,
    citeAs: `${merchantName.en} (${listedAt.getUTCFullYear()}). ${name.en}. ${address}`,
    isLiveDataset: card?.refresh !== null && card?.refresh !== undefined,
    inLanguage: [...languages],
    keywords: card === null ? undefined : [...card.keywords],
    recordSet: recordSets(product),
  });
}

/** Field ids are within the record set, and told apart from its columns' own signs. */
function recordSets({ fields, card }: PublicProduct): readonly JsonObject[] {
  const columns = card?.sample?.columns ?? fields.map(({ name }) => name);
  if (columns.length === 0) return [];
  const idOf = (index: number): string => `sample/${index + 1}`;
  const described = new Map(fields.map((field) => [field.name, field]));
  const rows = card?.sample?.rows ?? [];
  return [
    known({
      '@type': 'cr:RecordSet',
      '@id': 'sample',
      name: 'sample',
      description: card?.sample?.madeBy ?? 'The columns of the data; its rows are handed over under an agreement.',
      field: columns.map((column, index) =>
        known({
          '@type': 'cr:Field',
          '@id': idOf(index),
          name: column,
          description: described.get(column)?.meaning ?? column,
          dataType: rows.length > 0 ? 'sc:Text' : (TYPES[described.get(column)?.type ?? ''] ?? 'sc:Text'),
        }),
      ),
      data: (rows.length > 0 ? rows : [columns.map(() => null)]).map((row) =>
        Object.fromEntries(row.map((cell, index) => [idOf(index), cell])),
      ),
    }),
  ];
}

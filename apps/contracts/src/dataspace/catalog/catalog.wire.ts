import type { DataspaceConfig } from '../dataspace.config.js';
import { odrlFrom } from '../../policy/policy.js';
import { formatsOf } from '../transfer/transfer-format.js';
import { ownBase, serviceIri } from '../version/version-file.js';
import { wire, type WireMessage } from '../wire/context.js';
import { iriOf } from '../wire/ids.js';
import type { CatalogEntry } from './catalog.repository.js';

/** The catalog as one peer may see it, or a page of it. */
export function catalogMessage(config: DataspaceConfig, entries: readonly CatalogEntry[]): WireMessage {
  const ours = oursOf(config);
  const dataset = entries.map((entry) => datasetOf(ours, entry));
  return wire('Catalog', {
    '@id': `${ours.service['@id']}:catalog`,
    participantId: ours.participantId,
    service: [ours.service],
    // A list has an item or is left out.
    ...(dataset.length === 0 ? {} : { dataset }),
  });
}

/** One dataset as the root of an answer. */
export function datasetMessage(config: DataspaceConfig, entry: CatalogEntry): WireMessage {
  return wire('Dataset', datasetOf(oursOf(config), entry));
}

/** What every dataset says alike: made once for a page of them, since it is hashed and long. */
function oursOf(config: DataspaceConfig) {
  const service = { '@id': serviceIri(config), '@type': 'DataService', endpointURL: ownBase(config) };
  return { participantId: config.DATASPACE_PARTICIPANT_ID, service };
}

function datasetOf(
  { participantId, service }: ReturnType<typeof oursOf>,
  { productId, name, kind, version, storedIn, offers }: CatalogEntry,
) {
  return {
    '@id': iriOf(productId),
    '@type': 'Dataset',
    'dct:title': name.en,
    'dct:alternative': [name['zh-Hans'], name['zh-Hant']],
    'dct:type': kind,
    'dct:publisher': participantId,
    'dcat:version': String(version),
    ...(storedIn === null ? {} : { 'dct:spatial': storedIn }),
    hasPolicy: offers.map(({ id, policy }) => ({ '@id': iriOf(id), '@type': 'Offer', ...odrlFrom(policy) })),
    distribution: formatsOf(kind).map((format) => ({ '@type': 'Distribution', format, accessService: service })),
  };
}

import { defineErrors } from '@hetao/kernel';

/** What can be refused about the descriptions for machines. */
export const discoveryErrors = defineErrors({
  DISCOVERY_NOT_LISTED: {
    kind: 'not_found',
    title: 'There is no such product on the market',
    fix: 'GET /v1/catalog/dcat lists every product that is described here.',
  },
  DISCOVERY_NO_DATASET: {
    kind: 'conflict',
    title: 'Croissant describes datasets only',
    fix: 'Read the description in DCAT-AP or schema.org, which know other kinds.',
  },
});

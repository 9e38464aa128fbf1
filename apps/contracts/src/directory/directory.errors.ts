import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be missing when contracts asks its own copy of the catalog about products and participants. */
export const directoryErrors = defineErrors({
  PRODUCT_NOT_KNOWN_YET: {
    kind: 'conflict',
    title: 'The product is not known here yet',
    fix: 'If the product was listed a moment ago, send the same request again in a second; if it stays unknown, check the id and that the listing was approved.',
  },
  PRODUCT_NOT_ON_SALE: {
    kind: 'conflict',
    title: 'The product is no longer listed',
    fix: 'Choose a product that is listed.',
  },
  PARTY_NOT_KNOWN_YET: {
    kind: 'conflict',
    title: 'The organisation is not known here yet',
    fix: 'If the organisation was registered or approved a moment ago, send the same request again in a second; if it stays unknown, ask the operator to register it.',
  },
  PARTY_NOT_APPROVED: {
    kind: 'forbidden',
    title: 'The organisation may not trade in this role',
    fix: 'Ask the operator to approve the organisation in the role named; if that happened a moment ago, send the same request again in a second.',
  },
});

export type DirectoryError = ErrorOf<typeof directoryErrors>;

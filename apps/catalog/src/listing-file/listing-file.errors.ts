import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a listing as a file. */
export const listingFileErrors = defineErrors({
  LISTING_FILE_INVALID: {
    kind: 'unprocessable',
    title: 'The listing file cannot be read as a listing',
    fix: 'Mend the places named under errors; each names its line. POST /v1/products/listing-files/validate shows them without importing.',
  },
});

export type ListingFileError = ErrorOf<typeof listingFileErrors>;

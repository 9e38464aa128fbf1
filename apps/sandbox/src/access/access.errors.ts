import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const accessErrors = defineErrors({
  COMPUTE_LICENCE_MISSING: {
    kind: 'forbidden',
    title: 'No agreement opens this data to you',
    fix: 'Conclude an agreement on the product of the enclave; GET /v1/agreements shows yours and how they stand.',
  },
  COMPUTE_PERSON_UNKNOWN: {
    kind: 'forbidden',
    title: 'You are not admitted to this data',
    fix: 'Ask the custodian to admit you: POST /v1/sandbox/enclaves/{id}/people with your id and the date of your training.',
  },
  COMPUTE_PLACE_NOT_LICENSED: {
    kind: 'forbidden',
    title: 'The agreement does not cover the place you work from',
    fix: 'Work from a place the agreement names, or agree on this one.',
  },
  LEGAL_BASIS_MISSING: {
    kind: 'forbidden',
    title: 'No legal basis lets this data be seen from where you are',
    fix: 'The custodian records one with POST /v1/sandbox/enclaves/{id}/legal-bases; without it nothing opens.',
  },
  REMOTE_VIEWING_NOT_RELEASED: {
    kind: 'forbidden',
    title: 'Seeing this data from abroad is an export that customs has not released',
    fix: 'See GET /v1/customs/releases: a release for the agreement must be in force.',
  },
  ENCLAVE_UNKNOWN: {
    kind: 'not_found',
    title: 'No such enclave',
    fix: 'GET /v1/sandbox/enclaves lists those open to you.',
  },
  PEOPLE_FULL: {
    kind: 'conflict',
    title: 'The agreement admits no more people',
    fix: 'End somebody’s admission first, or agree on more people.',
  },
  AGREEMENT_NOT_ON_ENCLAVE: {
    kind: 'unprocessable',
    title: 'The agreement is not on this enclave’s product',
    fix: 'Name an agreement on the product of the enclave.',
  },
});
export type AccessError = ErrorOf<typeof accessErrors>;

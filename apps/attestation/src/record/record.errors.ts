import { defineErrors } from '@hetao/kernel';

export const recordErrors = defineErrors({
  RECORD_UNKNOWN: {
    kind: 'not_found',
    title: 'No such record in the log',
    fix: 'Check the id; GET /v1/attestation-records lists the records of your organisation.',
  },
});

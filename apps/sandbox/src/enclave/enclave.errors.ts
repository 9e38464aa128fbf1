import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const enclaveErrors = defineErrors({
  ENCLAVE_EXISTS: {
    kind: 'conflict',
    title: 'The product has an enclave already',
    fix: 'Admit a new version to it: POST /v1/sandbox/enclaves/{id}/versions.',
  },
  DATASET_REFUSED: {
    kind: 'unprocessable',
    title: 'The data cannot be admitted as it is',
    fix: 'Mend what detail names and upload the files anew; nothing of them was kept.',
  },
  DATASET_FILE_MISSING: {
    kind: 'unprocessable',
    title: 'A table has no file',
    fix: 'Upload it first: POST /v1/sandbox/enclaves/{id}/files/{table} with the Parquet as application/octet-stream.',
  },
  DATASET_FILE_REFUSED: {
    kind: 'unprocessable',
    title: 'The file is no Parquet',
    fix: 'Send a Parquet file of at most 64 MB, and name the table in lower-case letters, digits and underscores.',
  },
  SYNTHETIC_ONLY: {
    kind: 'conflict',
    title: 'The enclave is for real data',
    fix: 'Generate synthetic data into an enclave whose class is synthetic.',
  },
});
export type EnclaveError = ErrorOf<typeof enclaveErrors>;

import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a certificate. */
export const certificateErrors = defineErrors({
  CERTIFICATE_UNKNOWN: {
    kind: 'not_found',
    title: 'The exchange issued no such certificate',
    fix: 'Check the number, such as HTX-L-2026-000001; a paper whose number is not here is not ours.',
  },
});

export type CertificateError = ErrorOf<typeof certificateErrors>;

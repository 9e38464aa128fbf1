import { isError } from './native-error.js';

/** What Node calls a certificate that it does not believe: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const MAX_CAUSES = 8;

/** True when a server showed a certificate that is not believed: of another authority, for another host, out of date. */
export function isCertificateFailure(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && isError(current); depth += 1) {
    const code: unknown = Reflect.get(current, 'code');
    if (typeof code === 'string' && CODES.has(code)) return true;
    current = current.cause;
  }
  return false;
}

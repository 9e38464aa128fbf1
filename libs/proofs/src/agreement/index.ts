export * from './agreement-bundle.js';
export {
  agreementSignatureType,
  checkKeyStanding,
  signAgreementDocument,
  verifyAgreementSignature,
  type AgreementSignature,
  type SignedDocument,
  type SigningKeyRecord,
} from './agreement-signature.js';
export { jwsErrors, type JwsError } from './jws.errors.js';
export { proveKey, verifyKeyProof } from './key-proof.js';
export {
  algorithmOf,
  publicPartOf,
  readSigningJwk,
  signingAlgorithms,
  thumbprintOf,
  type SigningAlgorithm,
  type SigningJwk,
  type SigningPrivateJwk,
} from './signing-jwk.js';

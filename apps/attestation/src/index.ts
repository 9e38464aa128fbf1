export { attestationService } from './attestation.definition.js';

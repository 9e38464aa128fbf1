import { runService } from '@hetao/runtime';
import { attestationService } from './attestation.definition.js';

await runService(attestationService);

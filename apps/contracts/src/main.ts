import { runService } from '@hetao/runtime';
import { contractsService } from './contracts.definition.js';

await runService(contractsService);

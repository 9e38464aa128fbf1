import { runService } from '@hetao/runtime';
import { settlementService } from './settlement.definition.js';

await runService(settlementService);

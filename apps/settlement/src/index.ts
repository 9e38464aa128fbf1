export { settlementService } from './settlement.definition.js';

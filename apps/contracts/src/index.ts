export { contractsService } from './contracts.definition.js';

export { customsService } from './customs.definition.js';

export { catalogService } from './catalog.definition.js';

export { meteringService } from './metering.definition.js';

export { sandboxService } from './sandbox.definition.js';

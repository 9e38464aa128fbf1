export { spillTo } from './spill.js';

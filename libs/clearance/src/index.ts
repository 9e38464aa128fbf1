export { clearanceErrors, type ClearanceError } from './clearance.errors.js';
export { clearanceMigrations } from './clearance.migration.js';
export { ClearanceModule } from './clearance.module.js';
export { Clearance, type Queryable } from './clearance.js';
export { checkClearance, isInForce, type ReleaseStanding, type ReleaseStatus } from './release-standing.js';

export { clearanceErrors, type ClearanceError } from './clearance.errors.js';
export { clearanceMigrations } from './clearance.migration.js';
export { ClearanceModule } from './clearance.module.js';
export { Clearance, type Queryable, type ReleaseChange } from './clearance.js';
export {
  checkClearance,
  checkUse,
  isInForce,
  type ReleasePause,
  type ReleaseStanding,
  type ReleaseStatus,
} from './release-standing.js';

export type { DatabaseOptions, DatabaseTls, EntityClass, MigrationClass } from './database-options.js';
export { openDatabase, type Database } from './database.js';
export { isCertificateFailure } from './certificate-failure.js';
export { databaseErrors } from './database.errors.js';
export {
  databaseFailure,
  databaseProblem,
  isDatabaseUnavailable,
  isTransactionConflict,
  isUniqueViolation,
  type DatabaseFailure,
} from './database-failure.js';
export { createLoginRole } from './login-role.js';
export { roleOf } from './service-role.js';
export { isolateTenants, TENANT_COLUMN, type Tenancy } from './tenancy/tenant-policies.js';
export { TenantIsolation } from './tenancy/tenant-isolation.js';
export { asEveryTenant, asTenant } from './tenancy/tenant-scope.js';
export type { EventContract, OutboxWriter, PendingEvent, Tx } from './transaction.js';
export { UnitOfWork, type IsolationLevel, type TransactionOptions } from './unit-of-work.js';
export {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresFault,
  type EmbeddedPostgresOptions,
} from './embedded/index.js';

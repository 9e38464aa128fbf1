export { EmbeddedPostgresError, type EmbeddedPostgresFault } from './errors.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';

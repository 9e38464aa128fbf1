/** Profiling by itself, for benchmarks: services and the platform see the catalog's own index alone. */
export { DuckdbSession, type SessionLimits } from './duckdb.session.js';
export { profileTable } from './table.profiler.js';

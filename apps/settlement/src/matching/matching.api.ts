/** Matching by itself, for benchmarks: services and the platform see settlement's own index alone. */
export { partyKeys, type MatchableLine, type OpenItem } from './matching.js';
export { MatchingRepository, type RecordedGroup } from './matching.repository.js';
export { edgesOf } from './edges.js';
export { reconcile, type MatchingRules, type Reconciliation } from './passes.js';

/** The ledger by itself, for benchmarks: services and the platform see settlement's own index alone. */
export { accountId, credit, debit, type AccountKey, type Leg, type Posting } from './ledger.js';
export { ChainRepository } from '../chain/chain.repository.js';
export { SealLedger } from '../chain/chain.use-cases.js';
export { LedgerRepository } from './ledger.repository.js';

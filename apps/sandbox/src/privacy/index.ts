export { PrivacyAccount } from './privacy-account.use-cases.js';
export { PrivacyLedgerRepository } from './privacy-ledger.repository.js';

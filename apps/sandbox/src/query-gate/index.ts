export { SqlSession, type SessionTable } from '../compute/sql.session.js';
export { evidenceSql } from '../disclosure/evidence-sql.js';
export { defaultRule, type GovernedTable } from '../enclave/column-policy.js';
export { escapeCorpus } from './escape-corpus.js';
export { gateQuery } from './sql-gate.js';

import { DEMO_OFFICER_KEY, DEMO_OPERATOR_KEY } from '../../exchange/demo-keys.js';

/** The keys of `tools/demo/demo-accounts.json`: the same on every machine, taken only where DEMO=1. */
export const demoKeysOfTheExchange = {
  operator: DEMO_OPERATOR_KEY,
  auditor: 'hx_test_HetaoDemoAuditor0000000000000139NDAB',
  officer: DEMO_OFFICER_KEY,
} as const;

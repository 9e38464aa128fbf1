/** The demo operator's key: `npm start` prints it, production refuses it. */
export const DEMO_OPERATOR_KEY = 'hx_test_HetaoDemoOperator00000000000010QeOB5';

/** The demo's second operator, a customs officer: nobody releases what he decided himself. */
export const DEMO_OFFICER_KEY = 'hx_test_HetaoDemoOfficer000000000000012TnxJ9';

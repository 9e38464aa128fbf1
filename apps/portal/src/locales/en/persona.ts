export const persona = {
  buyer: 'Buyer',
  merchant: 'Merchant',
  operator: 'Operator',
  auditor: 'Auditor',
};

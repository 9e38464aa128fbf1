import type { TestCaller } from '@hetao/testing';

export const operator: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_operator' };
export const auditor: TestCaller = { personas: ['auditor'], organisationId: 'org_audit', subject: 'usr_auditor' };
export const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_hkhealth', subject: 'usr_buyer' };

/** A merchant's person in the organisation with this id. */
export const merchantOf = (organisationId: string, subject = 'usr_merchant'): TestCaller => ({
  personas: ['merchant'],
  organisationId,
  subject,
});

export const registration = (change: object = {}) => ({
  name: { en: 'Lingnan Herbal Data', 'zh-Hans': '岭南本草数据', 'zh-Hant': '嶺南本草數據' },
  jurisdiction: 'CN',
  roles: ['merchant'],
  home_currency: 'CNY',
  bank_account: { name: 'Lingnan Herbal Data Co., Ltd.', account_number: '6222021234567890', bic: 'BKCHCNBJ' },
  ...change,
});

export const draft = (change: object = {}) => ({
  name: {
    en: 'TCM Classical Formulas',
    'zh-Hans': '中医药经典名方数据集',
    'zh-Hant': '中醫藥經典名方數據集',
  },
  description: { en: 'Formulas\nwith their sources.', 'zh-Hans': '方剂与出处。', 'zh-Hant': '方劑與出處。' },
  kind: 'dataset',
  languages: ['zh-Hans', 'zh-Hant'],
  ...change,
});

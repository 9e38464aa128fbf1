import type { LocalizedText } from '@hetao/kernel';

/** Laws that several tables name. What one place alone names stands in its table. */
export const dataMerchantMeasures: LocalizedText = {
  en: 'Shenzhen Interim Measures for Data Merchants (2023)',
  'zh-Hans': '《深圳市数据商和数据流通交易第三方服务机构管理暂行办法》（2023年）数据商部分',
  'zh-Hant': '《深圳市數據商和數據流通交易第三方服務機構管理暫行辦法》（2023年）數據商部分',
};

export const thirdPartyMeasures: LocalizedText = {
  en: 'Shenzhen Interim Measures for Third-party Bodies (2023)',
  'zh-Hans': '《深圳市数据商和数据流通交易第三方服务机构管理暂行办法》（2023年）第三方服务机构部分',
  'zh-Hant': '《深圳市數據商和數據流通交易第三方服務機構管理暫行辦法》（2023年）第三方服務機構部分',
};

export const pipl53: LocalizedText = {
  en: 'PIPL, article 53',
  'zh-Hans': '《个人信息保护法》第五十三条',
  'zh-Hant': '《個人信息保護法》第五十三條',
};

export const dataSecurityLaw33: LocalizedText = {
  en: 'Data Security Law, article 33',
  'zh-Hans': '《数据安全法》第三十三条',
  'zh-Hant': '《數據安全法》第三十三條',
};

/** Each state of the United States has its own. */
export const stateOfFormation: LocalizedText = {
  en: 'Law of the state of formation',
  'zh-Hans': '成立地所在州的法律',
  'zh-Hant': '成立地所在州的法律',
};

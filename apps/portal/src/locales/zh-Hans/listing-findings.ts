import type { Words } from '../../i18n/words.js';
import type { listingFindings as english } from '../en/listing-findings.js';

export const listingFindings: Words<typeof english> = {
  said: {
    noCertificate: '数据商没有本所证书。',
    certificateEnded: '数据商的证书已于 {{day}}到期。',
    rightEnded: '对“{{name}}”的权利已于 {{day}}到期。',
    paperMissing: '须提交以下材料：{{paper}}。',
    issuerUnknown: '{{issuer}} 不是本所认可、可出具该类材料的机构：{{paper}}。',
    paperEnded: '该材料今日无效：有效期至 {{day}}。',
    paperNotYet: '该材料今日无效：出具日期在今日之后。',
    registrationEnded: '登记已于 {{day}}到期。',
    registrarUnknown: '登记机构未参与本所。',
    registrationOfAnother: '证书载明的权利人是他人，且未授予经营权。',
    cardMissing: '本所不接受没有产品卡的上市申请。',
    geneSale: '人类遗传资源不得买卖。为科学研究以合理成本提供的不属于买卖：此时请将 gene_use 填为“research_at_cost”。',
    coreData: '国家核心数据不得交易。',
    personalWithoutBasis: '含有个人信息，但未写明处理的合法性依据。',
    sensitiveWithoutNecessity: '处理敏感个人信息须有特定目的和充分的必要性。',
    importantNotClassed: '有字段属于重要数据，但产品未按重要数据分级。',
    textsMissing: '尚缺该语言的文本：{{language}}。',
    noChinese: '该文本中没有中文：{{language}}。',
    textStatusMissing: '请说明各语言文本由谁撰写。',
    sectionEmpty: '该部分为空：{{section}}。',
    deliveryMissing: '请说明买方如何取得。',
    computeMissing: '算力产品须说明运行环境。',
    dictionaryMissing: '数据集上市须附数据字典。',
    notAssessed: '尚未评估：{{dimensions}}。',
  },
  section: {
    summary: '摘要',
    industry: '行业',
    coverage: '覆盖范围',
    provenance: '来源',
    licence: '许可',
    legal: '法律',
  },
  law: {
    'Data Security Law, article 21': '《数据安全法》第二十一条',
    'Data Security Law, article 33': '《数据安全法》第三十三条',
    'Data Security Law, articles 21 and 30': '《数据安全法》第二十一条、第三十条',
    'PIPL, article 13': '《个人信息保护法》第十三条',
    'PIPL, article 28': '《个人信息保护法》第二十八条',
    'PIPL, article 55': '《个人信息保护法》第五十五条',
    'Regulation on Human Genetic Resources (State Council Order 717), article 10':
      '《人类遗传资源管理条例》（国务院令第717号）第十条',
    'Regulation on Human Genetic Resources, articles 10 and 27': '《人类遗传资源管理条例》第十条、第二十七条',
    'Measures for Ethical Review of Life Science Research (2023), article 4':
      '《涉及人的生命科学和医学研究伦理审查办法》（2023年）第四条',
    'NDA 2026 No 35': '国家数据局2026年第35号文',
    'GB/T 36344-2018': 'GB/T 36344-2018',
  },
};

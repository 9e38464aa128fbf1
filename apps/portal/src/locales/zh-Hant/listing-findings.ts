import type { Words } from '../../i18n/words.js';
import type { listingFindings as english } from '../en/listing-findings.js';

export const listingFindings: Words<typeof english> = {
  said: {
    noCertificate: '數據商沒有本所證書。',
    certificateEnded: '數據商的證書已於 {{day}}到期。',
    rightEnded: '對「{{name}}」的權利已於 {{day}}到期。',
    paperMissing: '須提交以下材料：{{paper}}。',
    issuerUnknown: '{{issuer}} 不是本所認可、可出具該類材料的機構：{{paper}}。',
    paperEnded: '該材料今日無效：有效期至 {{day}}。',
    paperNotYet: '該材料今日無效：出具日期在今日之後。',
    registrationEnded: '登記已於 {{day}}到期。',
    registrarUnknown: '登記機構未參與本所。',
    registrationOfAnother: '證書載明的權利人是他人，且未授予經營權。',
    cardMissing: '本所不接受沒有產品卡的上市申請。',
    geneSale:
      '人類遺傳資源不得買賣。為科學研究以合理成本提供的不屬於買賣：此時請將 gene_use 填為「research_at_cost」。',
    coreData: '國家核心數據不得交易。',
    personalWithoutBasis: '含有個人信息，但未寫明處理的合法性依據。',
    sensitiveWithoutNecessity: '處理敏感個人信息須有特定目的和充分的必要性。',
    importantNotClassed: '有欄位屬於重要數據，但產品未按重要數據分級。',
    textsMissing: '尚缺該語言的文本：{{language}}。',
    noChinese: '該文本中沒有中文：{{language}}。',
    textStatusMissing: '請說明各語言文本由誰撰寫。',
    sectionEmpty: '該部分為空：{{section}}。',
    deliveryMissing: '請說明買方如何取得。',
    computeMissing: '算力產品須說明運行環境。',
    dictionaryMissing: '數據集上市須附數據字典。',
    notAssessed: '尚未評估：{{dimensions}}。',
  },
  section: {
    summary: '摘要',
    industry: '行業',
    coverage: '覆蓋範圍',
    provenance: '來源',
    licence: '許可',
    legal: '法律',
  },
  law: {
    'Data Security Law, article 21': '《數據安全法》第二十一條',
    'Data Security Law, article 33': '《數據安全法》第三十三條',
    'Data Security Law, articles 21 and 30': '《數據安全法》第二十一條、第三十條',
    'PIPL, article 13': '《個人信息保護法》第十三條',
    'PIPL, article 28': '《個人信息保護法》第二十八條',
    'PIPL, article 55': '《個人信息保護法》第五十五條',
    'Regulation on Human Genetic Resources (State Council Order 717), article 10':
      '《人類遺傳資源管理條例》（國務院令第717號）第十條',
    'Regulation on Human Genetic Resources, articles 10 and 27': '《人類遺傳資源管理條例》第十條、第二十七條',
    'Measures for Ethical Review of Life Science Research (2023), article 4':
      '《涉及人的生命科學和醫學研究倫理審查辦法》（2023年）第四條',
    'NDA 2026 No 35': '國家數據局2026年第35號文',
    'GB/T 36344-2018': 'GB/T 36344-2018',
  },
};

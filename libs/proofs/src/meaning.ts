import type { LocalizedText } from '@hetao/kernel';

/** What a verification can come to (reference section 5). */
export const verificationOutcomes = [
  'matched_valid',
  'matched_expired',
  'matched_revoked',
  'mismatch',
  'no_record',
  'issuer_untrusted',
  'proof_invalid',
  'log_inconsistent',
] as const;
export type VerificationOutcome = (typeof verificationOutcomes)[number];

/** What a match proves (reference 6.2, word for word): to be shown, all of it, wherever a match is shown. */
export const matchProves: readonly LocalizedText[] = [
  {
    en: 'These bytes are exactly what this issuer registered.',
    'zh-Hans': '这些数据与该签发方登记的数据逐字节一致。',
    'zh-Hant': '這些數據與該簽發方登記的數據逐位元組一致。',
  },
  {
    en: 'The issuer registered them at or before the time of the checkpoint.',
    'zh-Hans': '签发方在检查点所示时间或之前完成登记。',
    'zh-Hant': '簽發方在檢查點所示時間或之前完成登記。',
  },
  {
    en: 'The status shown was the status at the time of the check.',
    'zh-Hans': '所示状态为核验当时的状态。',
    'zh-Hant': '所示狀態為核驗當時的狀態。',
  },
];

/** What a match does not prove (reference 6.2): to be shown beside it, nothing left out and nothing added. */
export const matchDoesNotProve: readonly LocalizedText[] = [
  {
    en: 'That the content is true.',
    'zh-Hans': '不证明内容真实。',
    'zh-Hant': '不證明內容真實。',
  },
  {
    en: 'Who the holder is.',
    'zh-Hans': '不证明持有人的身份。',
    'zh-Hant': '不證明持有人的身份。',
  },
  {
    en: 'That the data was lawfully collected.',
    'zh-Hans': '不证明数据的收集合法。',
    'zh-Hant': '不證明數據的收集合法。',
  },
];

/** One sentence for each outcome. */
export const outcomeMeanings: Readonly<Record<VerificationOutcome, LocalizedText>> = {
  matched_valid: {
    en: 'The file matches the registration, which is in force.',
    'zh-Hans': '文件与登记一致，登记有效。',
    'zh-Hant': '檔案與登記一致，登記有效。',
  },
  matched_expired: {
    en: 'The file matches the registration, which is not in force at this time: its period has ended or not begun.',
    'zh-Hans': '文件与登记一致，但登记目前不在有效期内：已过期或尚未生效。',
    'zh-Hant': '檔案與登記一致，但登記目前不在有效期內：已過期或尚未生效。',
  },
  matched_revoked: {
    en: 'The file matches the registration, but the issuer has revoked or replaced it.',
    'zh-Hans': '文件与登记一致，但签发方已撤销或替换该登记。',
    'zh-Hant': '檔案與登記一致，但簽發方已撤銷或替換該登記。',
  },
  mismatch: {
    en: 'The file is not what was registered: a byte or the salt differs.',
    'zh-Hans': '文件与登记不一致：数据或盐值有差异。',
    'zh-Hant': '檔案與登記不一致：數據或鹽值有差異。',
  },
  no_record: {
    en: 'This log holds no such registration.',
    'zh-Hans': '本日志没有该登记。',
    'zh-Hant': '本日誌沒有該登記。',
  },
  issuer_untrusted: {
    en: 'The registration was signed with a key that the exchange does not trust.',
    'zh-Hans': '登记所用的签名密钥不受交易所信任。',
    'zh-Hant': '登記所用的簽署密鑰不受交易所信任。',
  },
  proof_invalid: {
    en: 'The receipt does not hold: a signature or a proof in it is false.',
    'zh-Hans': '回执不成立：其中的签名或证明有误。',
    'zh-Hant': '回執不成立：其中的簽署或證明有誤。',
  },
  log_inconsistent: {
    en: 'The log contradicts what it signed before. Nothing it says can be relied on until that is explained.',
    'zh-Hans': '日志与其先前签署的内容矛盾。查明之前，其内容不可依赖。',
    'zh-Hant': '日誌與其先前簽署的內容矛盾。查明之前，其內容不可依賴。',
  },
};

import type { LocalizedText } from '@hetao/kernel';

/** Every word of the page, in every language of the exchange. */
export const words = {
  title: {
    en: 'Check a file where it is',
    'zh-Hans': '在本机核验文件',
    'zh-Hant': '在本機核驗檔案',
  },
  promise: {
    en: 'The file is hashed on this device. This page is forbidden to send anything; you may disconnect from the network now.',
    'zh-Hans': '文件仅在本设备上计算哈希值。本页面被禁止发送任何数据；您现在即可断开网络。',
    'zh-Hant': '檔案僅在本裝置上計算哈希值。本頁面被禁止傳送任何數據；您現在即可中斷網絡。',
  },
  file: { en: 'File', 'zh-Hans': '文件', 'zh-Hant': '檔案' },
  handed: {
    en: 'Salt and receipt, as the issuer handed them over (JSON)',
    'zh-Hans': '签发方交付的盐值与回执（JSON）',
    'zh-Hant': '簽發方交付的鹽值與回執（JSON）',
  },
  salt: {
    en: 'Salt (empty: a new one is drawn, to register the file)',
    'zh-Hans': '盐值（留空则生成新盐值，用于登记）',
    'zh-Hant': '鹽值（留空則產生新鹽值，用於登記）',
  },
  logKey: { en: 'Key of the log', 'zh-Hans': '日志公钥', 'zh-Hant': '日誌公鑰' },
  issuerKey: { en: 'Key of the issuer (x)', 'zh-Hans': '签发方公钥（x）', 'zh-Hant': '簽發方公鑰（x）' },
  start: { en: 'Hash and check', 'zh-Hans': '计算并核验', 'zh-Hant': '計算並核驗' },
  progress: { en: 'Read so far', 'zh-Hans': '已读取', 'zh-Hant': '已讀取' },
  bytes: { en: 'Bytes', 'zh-Hans': '字节数', 'zh-Hant': '位元組數' },
  commitment: { en: 'Commitment', 'zh-Hans': '承诺值', 'zh-Hant': '承諾值' },
  commitmentSm3: { en: 'Commitment (SM3)', 'zh-Hans': '承诺值（SM3）', 'zh-Hant': '承諾值（SM3）' },
  result: { en: 'Result', 'zh-Hans': '结果', 'zh-Hant': '結果' },
  hashed: {
    en: 'Hashed. Give salt and receipt to check the file against its registration.',
    'zh-Hans': '已计算。如需与登记核对，请提供盐值与回执。',
    'zh-Hant': '已計算。如需與登記核對，請提供鹽值與回執。',
  },
  failed: { en: 'This cannot be done', 'zh-Hans': '无法完成', 'zh-Hant': '無法完成' },
  status: {
    en: 'Whether it was revoked since is known to the log alone: ask for a verification with the holder’s consent.',
    'zh-Hans': '此后是否已被撤销只有日志知晓：请在持有人同意下提出核验。',
    'zh-Hant': '此後是否已被撤銷只有日誌知曉：請在持有人同意下提出核驗。',
  },
  register: {
    en: 'For issuers: sign the registration',
    'zh-Hans': '签发方：签署登记',
    'zh-Hant': '簽發方：簽署登記',
  },
  registerHow: {
    en: 'The key stays on this device. Post what is shown to /v1/attestations, and hand the salt to the holder with the file.',
    'zh-Hans': '密钥不会离开本设备。请将所示内容提交至 /v1/attestations，并将盐值随文件交给持有人。',
    'zh-Hant': '密鑰不會離開本裝置。請將所示內容提交至 /v1/attestations，並將鹽值隨檔案交給持有人。',
  },
  hashFirst: { en: 'hash a file first', 'zh-Hans': '请先计算文件哈希值', 'zh-Hant': '請先計算檔案哈希值' },
  issuer: { en: 'Issuer', 'zh-Hans': '签发方', 'zh-Hant': '簽發方' },
  holder: { en: 'Holder', 'zh-Hans': '持有人', 'zh-Hant': '持有人' },
  schema: { en: 'Kind of document', 'zh-Hans': '文件种类', 'zh-Hant': '文件種類' },
  from: { en: 'Valid from', 'zh-Hans': '生效时间', 'zh-Hant': '生效時間' },
  to: { en: 'Valid until', 'zh-Hans': '失效时间', 'zh-Hant': '失效時間' },
  supersedes: { en: 'Replaces (may be empty)', 'zh-Hans': '替代（可留空）', 'zh-Hant': '取代（可留空）' },
  key: { en: 'Private key (JWK)', 'zh-Hans': '私钥（JWK）', 'zh-Hant': '私鑰（JWK）' },
  sign: { en: 'Sign', 'zh-Hans': '签署', 'zh-Hant': '簽署' },
  proves: { en: 'A match proves', 'zh-Hans': '一致证明', 'zh-Hant': '一致證明' },
  provesNot: { en: 'A match does not prove', 'zh-Hans': '一致不证明', 'zh-Hant': '一致不證明' },
} as const satisfies Readonly<Record<string, LocalizedText>>;

import type { Words } from '../../i18n/words.js';
import type { proofs as english } from '../en/proofs.js';

export const proofs: Words<typeof english> = {
  lead: '透明日志仅保存哈希值，不保存数据。持有文件者可证明其已登记。',
  hash: '数据指纹',
  drop: '将文件拖到此处，或点击选择',
  stays: '文件仅在本浏览器中读取，不会上传。',
  verify: '验证凭证',
  verifyLead: '逐步验证，亦可离线进行：断网后页面仍可使用。',
  open: '打开验证工具',
  log: '日志公钥',
};

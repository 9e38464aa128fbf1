import type { Words } from '../../i18n/words.js';
import type { recompute as english } from '../en/recompute.js';

export const recompute: Words<typeof english> = {
  title: '重新計算',
  button: '在此重新計算',
  lead: '取計量結果與雙方簽署的價格方案，以交易所的開源程式碼在本瀏覽器中計價。',
  credit: '此方案的價格取決於以往月份的餘額，結算單載明其扣減過程。',
  same: '各行計算結果一致',
  differs: '有行不一致，可提出爭議',
  from: '計算依據：',
  billed: '開票金額',
  here: '本機計算',
  earlier: '屬以往月份',
  fits: '一致',
  yes: '是',
  no: '否',
};

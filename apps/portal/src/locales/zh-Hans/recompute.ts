import type { Words } from '../../i18n/words.js';
import type { recompute as english } from '../en/recompute.js';

export const recompute: Words<typeof english> = {
  title: '重新计算',
  button: '在此重新计算',
  lead: '取计量结果与双方签署的价格方案，用交易所的开源代码在本浏览器中计价。',
  credit: '该方案的价格取决于以往月份的余额，结算单载明其扣减过程。',
  same: '各行计算结果一致',
  differs: '有行不一致，可提出争议',
  from: '计算依据：',
  billed: '开票金额',
  here: '本机计算',
  earlier: '属以往月份',
  fits: '一致',
  yes: '是',
  no: '否',
};

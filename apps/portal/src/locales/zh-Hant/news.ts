import type { Words } from '../../i18n/words.js';
import type { news as english } from '../en/news.js';

export const news: Words<typeof english> = {
  latest: '最近動態',
  bell: '通知',
  fresh: '{{shown}} 則新通知',
  noneHint: '答覆、許可和發票會自動顯示在此處。',
  all: '前往首頁',
  kind: {
    asked: '有買方申請使用',
    agreed: '數據商已同意',
    declined: '數據商已拒絕',
    offered: '數據商提出要約',
    toSign: '一份許可待你簽署',
    inForce: '一份許可已生效',
    notice: '對方已通知終止',
    invoice: '已開具發票：',
    overdue: '發票已逾期：',
    listed: '一項產品已上市',
    returned: '一項上市申請被退回',
    paidOut: '一筆付款已到帳',
  },
};

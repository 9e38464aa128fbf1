import type { Words } from '../../i18n/words.js';
import type { news as english } from '../en/news.js';

export const news: Words<typeof english> = {
  latest: '最近动态',
  bell: '通知',
  fresh: '{{shown}} 条新通知',
  noneHint: '答复、许可和发票会自动显示在此处。',
  all: '前往首页',
  kind: {
    asked: '有买方申请使用',
    agreed: '数据商已同意',
    declined: '数据商已拒绝',
    offered: '数据商提出要约',
    toSign: '一份许可待您签署',
    inForce: '一份许可已生效',
    notice: '对方已通知终止',
    invoice: '已开具发票：',
    overdue: '发票已逾期：',
    listed: '一项产品已上市',
    returned: '一项上市申请被退回',
    paidOut: '一笔付款已到账',
  },
};

import type { Words } from '../../i18n/words.js';
import type { home as english } from '../en/home.js';

export const home: Words<typeof english> = {
  hello: '{{name}}，您好',
  needsTitle: '待您处理',
  nothing: '目前没有待办事项',
  nothingHint: '有新事项时会自动显示在此处。',
  numbersTitle: '概览',
  contractsInForce: '生效中的许可',
  openInvoices: '待付发票',
  outstanding: '待付金额',
  products: '在市数据产品',
  find: '查找数据',
  buyer: {
    sign_other: '{{count}} 份许可待您签署',
    signHint: '双方签署后即生效。',
    overdue_other: '{{count}} 张发票已逾期',
    due_other: '{{count}} 张发票待付款',
    dueHint: '付款附言请注明发票号码。',
    offered_other: '{{count}} 家数据商向您报价',
    offeredHint: '可接受、还价或撤回申请。',
    approval_other: '{{count}} 项交易待审批',
    approvalHint: '超出单人可签署的限额。',
  },
};

import type { Words } from '../../i18n/words.js';
import type { tour as english } from '../en/tour.js';

export const tour: Words<typeof english> = {
  start: '新手导览',
  invite: '初次使用？几张卡片带您了解一天的工作。',
  decline: '不用了',
  of: '第 {{step}} 步，共 {{all}} 步',
  skip: '跳过导览',
  back: '上一步',
  next: '下一步',
  finish: '完成',
  card: {
    home: {
      title: '从这里开始',
      text: '需要您处理的排在最前，点击即可前往办理。',
    },
    find: {
      title: '寻找数据',
      text: '可用英文、简繁中文或拼音搜索。产品页在您申请之前就说明能否跨境交付给您。',
    },
    sign: {
      title: '签署双方同意的许可',
      text: '申请不约束任何一方。数据商同意后，许可在此等待双方签署。',
    },
    use: {
      title: '使用数据',
      text: '生效的许可、其目的，以及数据海关是否已放行。可用密钥调用，或在沙箱中使用。',
    },
    recompute: {
      title: '核对每张发票',
      text: '每一行都可打开对应的使用记录，并可在浏览器中重新计算当月费用。',
    },
    list: {
      title: '挂牌产品',
      text: '可用向导填写，也可用文件，两者一致。审核人会在相应字段旁提出意见。',
    },
    answer: {
      title: '答复买方',
      text: '每项申请旁列出您的使用条款给出的判断。可同意、另提要约或拒绝。',
    },
    declare: {
      title: '跨境申报',
      text: '跨境许可会自动开立申报。在此查看轮到谁办理、期限还有多久。',
    },
    paid: {
      title: '收款',
      text: '从总额到到账金额：费用、税款和汇率，每一项都可打开明细。',
    },
    queues: {
      title: '等待您处理的一切',
      text: '每个队列一行，注明最早的事项等了多久；逾期的标为红色。',
    },
    inbox: {
      title: '统一待办',
      text: '所有队列合为一张清单：有期限的在前，其次是最早的。打开事项即可办理。',
    },
    clear: {
      title: '数据海关',
      text: '申报按所在环节排列。录入决定的人不能放行，须由另一位人员放行。',
    },
    reconcile: {
      title: '对账与结账',
      text: '先匹配银行流水，再结账。仍未完成的事项会逐一列出，并可直接前往处理。',
    },
    trust: {
      title: '是否可信',
      text: '账簿每晚核查，日志由另一节点监督，警报显示在此处。',
    },
    auditHome: {
      title: '无须凭信任',
      text: '警报、最近一次账簿核查，以及银行尚未对上的款项。',
    },
    search: {
      title: '谁做了什么',
      text: '按人员、对象或请求搜索。每条记录都带有上一条的哈希。',
    },
    verify: {
      title: '验证回执',
      text: '粘贴回执：签名、收录与一致性均在您的浏览器中逐步计算。',
    },
    perform: {
      title: '重新执行',
      text: '按种子抽取发票并逐行重新计算，工作底稿可导出保存。',
    },
  },
};

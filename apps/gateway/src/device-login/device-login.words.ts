import type { Language } from '@hetao/kernel';
import type { ScopeArea } from '../routing/route-table.js';

/** What the pages say on which somebody lets a programme in. */
export interface DeviceLoginWords {
  readonly title: string;
  readonly intro: string;
  readonly code: string;
  readonly submit: string;
  readonly confirmTitle: string;
  readonly programme: string;
  readonly asks: (programme: string) => string;
  readonly compare: string;
  readonly from: (agent: string, address: string, time: string) => string;
  readonly wants: string;
  readonly right: (area: string, may: string) => string;
  readonly read: string;
  readonly change: string;
  readonly limits: string;
  readonly approve: string;
  readonly refuse: string;
  readonly approvedTitle: string;
  readonly approved: string;
  readonly refusedTitle: string;
  readonly refused: string;
  readonly stale: string;
  readonly wrong: Readonly<Record<'DEVICE_CODE_UNKNOWN' | 'DEVICE_CODE_EXPIRED' | 'DEVICE_CODE_USED', string>>;
  readonly areas: Readonly<Record<ScopeArea, string>>;
}

export const deviceLoginWords: Readonly<Record<Language, DeviceLoginWords>> = {
  en: {
    title: 'Let a programme in',
    intro: 'A programme that you started shows a code. Type it here.',
    code: 'Code',
    submit: 'Continue',
    confirmTitle: 'Did you start this?',
    programme: 'The hetao command line',
    asks: (programme) => `${programme} wants to act for you on the exchange.`,
    compare: 'Go on only if it shows this very code, on a machine of yours. Nobody else has a reason to send you one.',
    from: (agent, address, time) => `It calls itself “${agent}” and asked from ${address} at ${time}.`,
    wants: 'It wants to see or change',
    right: (area, may) => `${area}: ${may}`,
    read: 'read',
    change: 'change',
    limits: 'It can do no more than you, and its key is in the list of keys, where it can be revoked at any time.',
    approve: 'Let it in',
    refuse: 'No',
    approvedTitle: 'It is let in',
    approved: 'The programme goes on by itself. You can close this page.',
    refusedTitle: 'It was turned away',
    refused: 'The programme was told so. You can close this page.',
    stale: 'This page was open for too long. Type the code again.',
    wrong: {
      DEVICE_CODE_UNKNOWN: 'No programme waits with this code. Compare it with what the programme shows.',
      DEVICE_CODE_EXPIRED: 'The code is too old. Start again where it was shown.',
      DEVICE_CODE_USED: 'The code was answered already. Start again where it was shown.',
    },
    areas: {
      catalog: 'products and organisations',
      contracts: 'offers, requests and agreements',
      usage: 'usage and quotas',
      settlement: 'invoices and payouts',
      customs: 'declarations and releases',
      attestation: 'proofs',
      sandbox: 'computing where the data is',
      delivery: 'deliveries of licensed data',
      webhook: 'webhooks',
      identity: 'members, keys and sessions',
    },
  },
  'zh-Hans': {
    title: '允许程序登录',
    intro: '您启动的程序会显示一个代码，请在此输入。',
    code: '代码',
    submit: '继续',
    confirmTitle: '这是您启动的吗？',
    programme: 'hetao 命令行',
    asks: (programme) => `${programme}希望代表您使用交易所。`,
    compare: '仅当您自己的设备上显示的正是此代码时才可继续。其他人没有理由向您发送代码。',
    from: (agent, address, time) => `它自称“${agent}”，于 ${time} 从 ${address} 发出请求。`,
    wants: '它请求的权限',
    right: (area, may) => `${area}：${may}`,
    read: '读取',
    change: '更改',
    limits: '它的权限不会超过您本人；其密钥列于密钥列表中，可随时吊销。',
    approve: '允许',
    refuse: '拒绝',
    approvedTitle: '已允许',
    approved: '程序会自动继续，您可以关闭此页面。',
    refusedTitle: '已拒绝',
    refused: '程序已收到通知，您可以关闭此页面。',
    stale: '此页面打开时间过长，请重新输入代码。',
    wrong: {
      DEVICE_CODE_UNKNOWN: '没有程序在等待此代码，请与程序显示的代码核对。',
      DEVICE_CODE_EXPIRED: '代码已过期，请在显示代码处重新开始。',
      DEVICE_CODE_USED: '该代码已有答复，请在显示代码处重新开始。',
    },
    areas: {
      catalog: '产品与机构',
      contracts: '报价、申请与协议',
      usage: '用量与配额',
      settlement: '账单与结算款',
      customs: '申报与放行',
      attestation: '存证证明',
      sandbox: '在数据所在地计算',
      delivery: '已授权数据的交付',
      webhook: 'Webhook',
      identity: '成员、密钥与会话',
    },
  },
  'zh-Hant': {
    title: '允許程式登入',
    intro: '你啟動的程式會顯示一個代碼，請在此輸入。',
    code: '代碼',
    submit: '繼續',
    confirmTitle: '這是你啟動的嗎？',
    programme: 'hetao 命令列',
    asks: (programme) => `${programme}希望代表你使用交易所。`,
    compare: '只有當你自己的裝置顯示的正是此代碼時才可繼續。其他人沒有理由向你發送代碼。',
    from: (agent, address, time) => `它自稱「${agent}」，於 ${time} 從 ${address} 發出請求。`,
    wants: '它要求的權限',
    right: (area, may) => `${area}：${may}`,
    read: '讀取',
    change: '更改',
    limits: '它的權限不會超過你本人；其密鑰列於密鑰列表中，可隨時撤銷。',
    approve: '允許',
    refuse: '拒絕',
    approvedTitle: '已允許',
    approved: '程式會自動繼續，你可以關閉此頁。',
    refusedTitle: '已拒絕',
    refused: '程式已收到通知，你可以關閉此頁。',
    stale: '此頁開啟時間過長，請重新輸入代碼。',
    wrong: {
      DEVICE_CODE_UNKNOWN: '沒有程式在等候此代碼，請與程式顯示的代碼核對。',
      DEVICE_CODE_EXPIRED: '代碼已過期，請在顯示代碼處重新開始。',
      DEVICE_CODE_USED: '該代碼已有答覆，請在顯示代碼處重新開始。',
    },
    areas: {
      catalog: '產品與機構',
      contracts: '報價、申請與協議',
      usage: '用量與配額',
      settlement: '賬單與結算款',
      customs: '申報與放行',
      attestation: '存證證明',
      sandbox: '在數據所在地計算',
      delivery: '已授權數據的交付',
      webhook: 'Webhook',
      identity: '成員、密鑰與會話',
    },
  },
};

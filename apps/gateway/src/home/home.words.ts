import type { Language } from '@hetao/kernel';

/** The kinds of things the first page lists. */
export type Kind = 'participants' | 'products' | 'agreements' | 'usage' | 'invoices' | 'payouts';

export interface HomeWords {
  readonly title: string;
  readonly lead: string;
  readonly visitor: string;
  readonly flow: string;
  readonly live: string;
  readonly updated: (time: string) => string;
  readonly stale: string;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly empty: Readonly<Record<Kind, string>>;
  readonly emptyEquation: string;
  readonly tryTrade: string;
  readonly closed: string;
  readonly away: (service: string) => string;
  readonly more: (shown: number, path: string) => string;
  readonly columns: Readonly<
    Record<
      | 'name'
      | 'place'
      | 'roles'
      | 'status'
      | 'kind'
      | 'merchant'
      | 'buyer'
      | 'product'
      | 'until'
      | 'period'
      | 'number'
      | 'gross'
      | 'due'
      | 'beneficiary'
      | 'amount'
      | 'when'
      | 'agreement',
      string
    >
  >;
  readonly words: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, string>>;
  readonly calls: string;
  readonly equationTitle: (period: string) => string;
  readonly equationIntro: string;
  readonly terms: Readonly<Record<'usage' | 'rated' | 'invoiced' | 'split' | 'settled', string>>;
  readonly settledParts: (parts: { merchants: string; channels: string; fee: string; tax: string }) => string;
  readonly balanced: string;
  readonly unbalanced: string;
  readonly currency: string;
  readonly state: string;
  readonly startTitle: string;
  readonly startCurl: string;
  readonly startPeople: string;
  readonly startTrade: string;
}

export const homeWords: Readonly<Record<Language, HomeWords>> = {
  en: {
    title: 'The trade, live',
    lead: 'Data merchants list, buyers license, and every cent from the usage record to the payout can be followed.',
    visitor:
      'Sign in to see your organisation’s part of the trade. Listing, licensing and settlement are done through the API.',
    flow: 'From listing to payout',
    live: 'Live',
    updated: (time) => `As of ${time}, Shenzhen time`,
    stale: 'The exchange does not answer at the moment. This page goes on trying.',
    kinds: {
      participants: 'Participants',
      products: 'Data products',
      agreements: 'Agreements',
      usage: 'Usage',
      invoices: 'Invoices',
      payouts: 'Payouts',
    },
    empty: {
      participants:
        'Nobody takes part yet. The operator registers organisations with POST /v1/participants and approves them.',
      products: 'Nothing is listed yet. A merchant drafts a product with POST /v1/products and submits it for review.',
      agreements:
        'Nothing is agreed yet. A buyer asks with POST /v1/access-requests; when the merchant agrees, both sign.',
      usage: 'No usage is reported for this period. A merchant sends CloudEvents to POST /v1/usage/events.',
      invoices: 'Nothing is invoiced yet. The operator closes the usage period and issues invoices for it.',
      payouts: 'Nothing is paid out yet. Once a bank statement has paid an invoice, the operator instructs payouts.',
    },
    emptyEquation: 'There is no period to balance yet: the first one appears with the first invoice.',
    tryTrade: 'To see a whole trade at once, run: npm run trade',
    closed: 'Your role does not see this.',
    away: (service) => `${service} does not answer; the rest of the exchange goes on.`,
    more: (shown, path) => `The ${shown} newest; all of them: GET ${path}`,
    columns: {
      name: 'Name',
      place: 'Place',
      roles: 'Roles',
      status: 'Status',
      kind: 'Kind',
      merchant: 'Merchant',
      buyer: 'Buyer',
      product: 'Product',
      until: 'Until',
      period: 'Period',
      number: 'Number',
      gross: 'Amount with tax',
      due: 'Due',
      beneficiary: 'Beneficiary',
      amount: 'Amount',
      when: 'Instructed',
      agreement: 'Agreement',
    },
    words: {
      registered: 'registered',
      approved: 'approved',
      suspended: 'suspended',
      draft: 'draft',
      submitted: 'in review',
      returned: 'returned',
      listed: 'listed',
      delisted: 'delisted',
      awaiting_signatures: 'awaiting signatures',
      concluded: 'concluded',
      in_force: 'in force',
      ended: 'ended',
      terminated: 'terminated',
      expired: 'expired',
      lapsed: 'lapsed',
      issued: 'issued',
      paid: 'paid',
      instructed: 'instructed',
      settled: 'settled',
      open: 'open',
      closing: 'closing',
      closed: 'closed',
      merchant: 'merchant',
      buyer: 'buyer',
      operator: 'operator',
      auditor: 'auditor',
      channel: 'channel partner',
      dataset: 'dataset',
      api: 'API',
      report: 'report',
      tool: 'tool',
      model: 'model',
      compute: 'compute',
      calls: 'calls',
      bytes: 'bytes',
    },
    places: {
      CN: 'Mainland China',
      HK: 'Hong Kong',
      MO: 'Macao',
      SG: 'Singapore',
      MY: 'Malaysia',
      VN: 'Vietnam',
      GB: 'United Kingdom',
      US: 'United States',
    },
    calls: 'Usage, in calls',
    equationTitle: (period) => `The equation of ${period}`,
    equationIntro:
      'Each figure is added up from records of its own. A period closes only when all five are equal and the clearing accounts are at zero.',
    terms: {
      usage: 'Σ usage',
      rated: 'Σ rated',
      invoiced: 'Σ invoiced',
      split: 'Σ split',
      settled: 'Σ paid out + fee + tax',
    },
    settledParts: ({ merchants, channels, fee, tax }) =>
      `Merchants ${merchants}, channel partners ${channels}, exchange fee ${fee}, tax ${tax}`,
    balanced: 'balanced',
    unbalanced: 'not balanced yet',
    currency: 'Currency',
    state: 'State',
    startTitle: 'Try it',
    startCurl: 'From a terminal',
    startPeople: 'As one of these people',
    startTrade: 'A whole trade, from listing to reconciled payout',
  },
  'zh-Hans': {
    title: '交易实况',
    lead: '数据商挂牌，数据买方取得许可；从每条使用记录到最后的付款，每一分钱都可以追溯。',
    visitor: '登录后可查看所属机构的交易。挂牌、许可与结算均通过 API 完成。',
    flow: '从挂牌到付款',
    live: '实时',
    updated: (time) => `截至深圳时间 ${time}`,
    stale: '交易所暂时没有响应，本页会继续尝试。',
    kinds: {
      participants: '参与方',
      products: '数据产品',
      agreements: '合约',
      usage: '使用量',
      invoices: '账单',
      payouts: '付款',
    },
    empty: {
      participants: '尚无参与方。运营方通过 POST /v1/participants 登记机构并予以批准。',
      products: '尚无挂牌产品。数据商通过 POST /v1/products 起草产品并提交审核。',
      agreements: '尚无合约。数据买方通过 POST /v1/access-requests 提出申请；数据商同意后，双方签署。',
      usage: '本期尚无使用记录。数据商将 CloudEvents 发送至 POST /v1/usage/events。',
      invoices: '尚无账单。运营方关闭计量期后为其开出账单。',
      payouts: '尚无付款。银行对账单确认账单已付后，由运营方下达付款指令。',
    },
    emptyEquation: '尚无可核对的账期：开出第一张账单后即会出现。',
    tryTrade: '想一次看到完整交易，请运行：npm run trade',
    closed: '您的角色无权查看此项。',
    away: (service) => `${service} 服务没有响应；其余部分照常运行。`,
    more: (shown, path) => `最新 ${shown} 项；全部：GET ${path}`,
    columns: {
      name: '名称',
      place: '所在地',
      roles: '角色',
      status: '状态',
      kind: '类型',
      merchant: '数据商',
      buyer: '数据买方',
      product: '产品',
      until: '有效至',
      period: '账期',
      number: '编号',
      gross: '含税金额',
      due: '到期日',
      beneficiary: '收款方',
      amount: '金额',
      when: '指令时间',
      agreement: '合约',
    },
    words: {
      registered: '已登记',
      approved: '已批准',
      suspended: '已暂停',
      draft: '草稿',
      submitted: '审核中',
      returned: '已退回',
      listed: '已挂牌',
      delisted: '已摘牌',
      awaiting_signatures: '待签署',
      concluded: '已订立',
      in_force: '生效中',
      ended: '已结束',
      terminated: '已终止',
      expired: '已到期',
      lapsed: '已失效',
      issued: '已开出',
      paid: '已付清',
      instructed: '已下达',
      settled: '已到账',
      open: '进行中',
      closing: '关闭中',
      closed: '已关闭',
      merchant: '数据商',
      buyer: '数据买方',
      operator: '运营方',
      auditor: '审计方',
      channel: '渠道伙伴',
      dataset: '数据集',
      api: 'API',
      report: '报告',
      tool: '数据工具',
      model: '模型',
      compute: '算力',
      calls: '次调用',
      bytes: '字节',
    },
    places: {
      CN: '中国内地',
      HK: '中国香港',
      MO: '中国澳门',
      SG: '新加坡',
      MY: '马来西亚',
      VN: '越南',
      GB: '英国',
      US: '美国',
    },
    calls: '使用量（调用次数）',
    equationTitle: (period) => `${period} 账期恒等式`,
    equationIntro: '每个数字都由各自的记录独立加总。五项相等且清算账户归零，账期才能关闭。',
    terms: { usage: 'Σ 使用', rated: 'Σ 计价', invoiced: 'Σ 开票', split: 'Σ 分配', settled: 'Σ 付款 + 服务费 + 税' },
    settledParts: ({ merchants, channels, fee, tax }) =>
      `数据商 ${merchants}，渠道伙伴 ${channels}，交易所服务费 ${fee}，税 ${tax}`,
    balanced: '已平衡',
    unbalanced: '尚未平衡',
    currency: '币种',
    state: '结果',
    startTitle: '试一试',
    startCurl: '在终端中',
    startPeople: '以下列身份登录',
    startTrade: '一笔完整交易：从挂牌到对账付款',
  },
  'zh-Hant': {
    title: '交易實況',
    lead: '數據商掛牌，數據買方取得許可；由每條使用紀錄到最後的付款，每一分錢都可以追溯。',
    visitor: '登入後可查看所屬機構的交易。掛牌、許可與結算均透過 API 完成。',
    flow: '由掛牌到付款',
    live: '即時',
    updated: (time) => `截至深圳時間 ${time}`,
    stale: '交易所暫時沒有回應，本頁會繼續嘗試。',
    kinds: {
      participants: '參與方',
      products: '數據產品',
      agreements: '合約',
      usage: '使用量',
      invoices: '發票',
      payouts: '付款',
    },
    empty: {
      participants: '尚無參與方。營運方透過 POST /v1/participants 登記機構並予以批准。',
      products: '尚無掛牌產品。數據商透過 POST /v1/products 草擬產品並提交審核。',
      agreements: '尚無合約。數據買方透過 POST /v1/access-requests 提出申請；數據商同意後，雙方簽署。',
      usage: '本期尚無使用紀錄。數據商將 CloudEvents 傳送至 POST /v1/usage/events。',
      invoices: '尚無發票。營運方關閉計量期後為其開出發票。',
      payouts: '尚無付款。銀行結單確認發票已付後，由營運方發出付款指示。',
    },
    emptyEquation: '尚無可核對的帳期：開出第一張發票後即會出現。',
    tryTrade: '想一次看到完整交易，請執行：npm run trade',
    closed: '你的角色無權查看此項。',
    away: (service) => `${service} 服務沒有回應；其餘部分照常運作。`,
    more: (shown, path) => `最新 ${shown} 項；全部：GET ${path}`,
    columns: {
      name: '名稱',
      place: '所在地',
      roles: '角色',
      status: '狀態',
      kind: '類型',
      merchant: '數據商',
      buyer: '數據買方',
      product: '產品',
      until: '有效至',
      period: '帳期',
      number: '編號',
      gross: '含稅金額',
      due: '到期日',
      beneficiary: '收款方',
      amount: '金額',
      when: '指示時間',
      agreement: '合約',
    },
    words: {
      registered: '已登記',
      approved: '已批准',
      suspended: '已暫停',
      draft: '草稿',
      submitted: '審核中',
      returned: '已退回',
      listed: '已掛牌',
      delisted: '已除牌',
      awaiting_signatures: '待簽署',
      concluded: '已訂立',
      in_force: '生效中',
      ended: '已結束',
      terminated: '已終止',
      expired: '已到期',
      lapsed: '已失效',
      issued: '已開出',
      paid: '已付清',
      instructed: '已發出',
      settled: '已入帳',
      open: '進行中',
      closing: '關閉中',
      closed: '已關閉',
      merchant: '數據商',
      buyer: '數據買方',
      operator: '營運方',
      auditor: '審計方',
      channel: '渠道夥伴',
      dataset: '數據集',
      api: 'API',
      report: '報告',
      tool: '數據工具',
      model: '模型',
      compute: '算力',
      calls: '次調用',
      bytes: '位元組',
    },
    places: {
      CN: '中國內地',
      HK: '中國香港',
      MO: '中國澳門',
      SG: '新加坡',
      MY: '馬來西亞',
      VN: '越南',
      GB: '英國',
      US: '美國',
    },
    calls: '使用量（調用次數）',
    equationTitle: (period) => `${period} 帳期恆等式`,
    equationIntro: '每個數字都由各自的紀錄獨立加總。五項相等且清算帳戶歸零，帳期才可關閉。',
    terms: { usage: 'Σ 使用', rated: 'Σ 計價', invoiced: 'Σ 開票', split: 'Σ 分配', settled: 'Σ 付款 + 服務費 + 稅' },
    settledParts: ({ merchants, channels, fee, tax }) =>
      `數據商 ${merchants}，渠道夥伴 ${channels}，交易所服務費 ${fee}，稅 ${tax}`,
    balanced: '已平衡',
    unbalanced: '尚未平衡',
    currency: '貨幣',
    state: '結果',
    startTitle: '試一試',
    startCurl: '在終端機中',
    startPeople: '以下列身份登入',
    startTrade: '一宗完整交易：由掛牌到對帳付款',
  },
};

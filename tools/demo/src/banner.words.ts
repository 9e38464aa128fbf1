import type { Language } from '@hetao/kernel';

/** What `npm start` says when the exchange is open. */
export interface BannerWords {
  readonly name: string;
  readonly demo: string;
  readonly empty: string;
  readonly data: (folder: string) => string;
  readonly portal: string;
  readonly api: string;
  readonly docs: string;
  readonly metrics: string;
  readonly log: string;
  readonly accounts: (password: string) => string;
  readonly whatToTry: string;
  readonly tries: Readonly<Record<'merchant' | 'buyer' | 'operator' | 'customs' | 'auditor', string>>;
  readonly setup: string;
  readonly tryIt: string;
  readonly trade: string;
  readonly tradeIs: string;
  readonly ready: (seconds: string) => string;
  readonly counts: (
    counts: Readonly<Record<'merchants' | 'products' | 'agreements' | 'usageEvents', string>>,
  ) => string;
  readonly incomplete: (why: string) => string;
  readonly runsAnyway: (log: string) => string;
  readonly making: string;
  readonly stages: Readonly<Record<'organisations' | 'products' | 'contracts' | 'usage' | 'books', string>>;
}

const en: BannerWords = {
  name: 'Hetao data exchange',
  demo: 'demo',
  empty: 'empty',
  data: (folder) => `data in ${folder} (delete it to begin anew)`,
  portal: 'Portal',
  api: 'API',
  docs: 'docs',
  metrics: 'Metrics',
  log: 'Log',
  accounts: (password) => `Accounts (password: ${password})`,
  whatToTry: 'what to try',
  tries: {
    merchant: 'list a product, answer a request, see payouts',
    buyer: 'request access, sign, open an invoice',
    operator: 'review a listing, import a statement, close the month',
    customs: 'release what another officer decided, lift a hold',
    auditor: 'read every document, check the equation',
  },
  setup: 'Set-up',
  tryIt: 'Try',
  trade: 'Trade',
  tradeIs: 'ten thousand real lines, from listing to reconciled payout',
  ready: (seconds) => `Ready in ${seconds} s`,
  counts: ({ merchants, products, agreements, usageEvents }) =>
    `${merchants} merchants, ${products} products, ${agreements} agreements, ${usageEvents} usage events`,
  incomplete: (why) => `The demo world is not complete: ${why}`,
  runsAnyway: (log) => `The exchange itself runs. Starting it again goes on from here; its log is ${log}.`,
  making: 'Making the demo world',
  stages: {
    organisations: 'organisations and their people',
    products: 'products',
    contracts: 'offers and agreements',
    usage: 'a month of usage',
    books: 'invoices, payments, payouts',
  },
};

const hans: BannerWords = {
  name: '河套数据交易所',
  demo: '演示',
  empty: '空白',
  data: (folder) => `数据位于 ${folder}（删除即可重新开始）`,
  portal: '门户',
  api: 'API',
  docs: '文档',
  metrics: '指标',
  log: '日志',
  accounts: (password) => `账户（密码：${password}）`,
  whatToTry: '可以试试',
  tries: {
    merchant: '发布产品、答复申请、查看付款',
    buyer: '申请使用、签署协议、打开账单',
    operator: '审核上架、导入对账单、月末关账',
    customs: '放行他人已决定的申报、解除暂扣',
    auditor: '查阅全部单据、核对等式',
  },
  setup: '设置',
  tryIt: '试用',
  trade: '交易',
  tradeIs: '一万条真实记录，从上架到对账付款',
  ready: (seconds) => `用时 ${seconds} 秒，已就绪`,
  counts: ({ merchants, products, agreements, usageEvents }) =>
    `${merchants} 家数据商、${products} 个产品、${agreements} 份协议、${usageEvents} 条使用记录`,
  incomplete: (why) => `演示数据未能完成：${why}`,
  runsAnyway: (log) => `交易所本身正常运行。重新启动即从此处继续；日志见 ${log}。`,
  making: '正在生成演示数据',
  stages: {
    organisations: '机构与人员',
    products: '数据产品',
    contracts: '报价与协议',
    usage: '一个月的使用记录',
    books: '账单、收款与付款',
  },
};

const hant: BannerWords = {
  name: '河套數據交易所',
  demo: '示範',
  empty: '空白',
  data: (folder) => `數據位於 ${folder}（刪除即可重新開始）`,
  portal: '門戶',
  api: 'API',
  docs: '文件',
  metrics: '指標',
  log: '日誌',
  accounts: (password) => `帳戶（密碼：${password}）`,
  whatToTry: '可以試試',
  tries: {
    merchant: '發布產品、回覆申請、查看付款',
    buyer: '申請使用、簽署協議、開啟賬單',
    operator: '審核掛牌、匯入結單、月結關賬',
    customs: '放行他人已決定的申報、解除暫扣',
    auditor: '查閱全部單據、核對等式',
  },
  setup: '設定',
  tryIt: '試用',
  trade: '交易',
  tradeIs: '一萬條真實紀錄，由掛牌至對賬付款',
  ready: (seconds) => `用時 ${seconds} 秒，已就緒`,
  counts: ({ merchants, products, agreements, usageEvents }) =>
    `${merchants} 間數據商、${products} 個產品、${agreements} 份協議、${usageEvents} 條使用紀錄`,
  incomplete: (why) => `示範數據未能完成：${why}`,
  runsAnyway: (log) => `交易所本身正常運作。重新啟動即由此處繼續；日誌見 ${log}。`,
  making: '正在製作示範數據',
  stages: {
    organisations: '機構與人員',
    products: '數據產品',
    contracts: '要約與協議',
    usage: '一個月的使用紀錄',
    books: '賬單、收款與付款',
  },
};

export const bannerWords: Readonly<Record<Language, BannerWords>> = { en, 'zh-Hans': hans, 'zh-Hant': hant };

/** The language of a terminal: what POSIX's LC_ALL or LANG says, as in `zh_HK.UTF-8`; English for all others. */
export function languageOf(locale: string | undefined): Language {
  if (locale === undefined || !/^zh([_.@-]|$)/i.test(locale)) return 'en';
  return /^zh[_-](TW|HK|MO|Hant)/i.test(locale) ? 'zh-Hant' : 'zh-Hans';
}

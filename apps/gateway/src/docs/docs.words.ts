import type { Language } from '@hetao/kernel';

export interface DocsWords {
  readonly title: string;
  readonly intro: string;
  readonly download: string;
  readonly noScript: string;
  readonly quickStart: string;
  readonly quickStartKey: string;
  readonly events: string;
  readonly eventsIntro: (events: number, topics: number) => string;
  readonly eventColumns: readonly [string, string, string];
  readonly optional: string;
  readonly problemTitle: (code: string) => string;
  readonly problemFix: string;
  readonly problemStatus: string;
  readonly problemUnknown: string;
  readonly back: string;
}

export const docsWords: Readonly<Record<Language, DocsWords>> = {
  en: {
    title: 'API reference',
    intro:
      'Everything under /v1. Put an API key in with “Authorize”, or sign in; then any route can be tried from here.',
    download: 'OpenAPI 3.1 document',
    quickStart: 'In three lines',
    quickStartKey: 'Make a key under Developers, and put it in:',
    events: 'Events',
    eventsIntro: (events, topics) =>
      `${events} events on ${topics} topics, as webhooks tell them and Kafka carries them. A version that was published never changes.`,
    eventColumns: ['Field', 'Type', 'Means'],
    optional: 'optional',
    noScript: 'This page needs JavaScript. The document itself can be read without it:',
    problemTitle: (code) => `Problem ${code}`,
    problemFix: 'How to mend it',
    problemStatus: 'HTTP status',
    problemUnknown:
      'This code belongs to one of the services. The answer that carried it says in “detail” what went wrong and in “fix” how to mend it.',
    back: 'All routes',
  },
  'zh-Hans': {
    title: 'API 文档',
    intro: '/v1 下的全部接口。点击“Authorize”填入 API 密钥，或先登录，即可在此直接试用。',
    download: 'OpenAPI 3.1 文档',
    quickStart: '三行上手',
    quickStartKey: '先在“开发者”页面生成密钥，再填入：',
    events: '事件',
    eventsIntro: (events, topics) =>
      `${topics} 个主题上的 ${events} 种事件，由 Webhook 推送，亦经 Kafka 传递。已发布的版本永不更改。`,
    eventColumns: ['字段', '类型', '含义'],
    optional: '可选',
    noScript: '本页需要 JavaScript。文档本身无需脚本也可阅读：',
    problemTitle: (code) => `问题 ${code}`,
    problemFix: '如何解决',
    problemStatus: 'HTTP 状态码',
    problemUnknown: '此代码属于某个后端服务。携带它的响应在“detail”中说明出了什么问题，在“fix”中说明如何解决。',
    back: '全部接口',
  },
  'zh-Hant': {
    title: 'API 文件',
    intro: '/v1 之下的全部介面。按「Authorize」填入 API 金鑰，或先登入，即可在此直接試用。',
    download: 'OpenAPI 3.1 文件',
    quickStart: '三行上手',
    quickStartKey: '先在「開發者」頁面產生金鑰，再填入：',
    events: '事件',
    eventsIntro: (events, topics) =>
      `${topics} 個主題上的 ${events} 種事件，由 Webhook 推送，亦經 Kafka 傳遞。已發布的版本永不更改。`,
    eventColumns: ['欄位', '類型', '含義'],
    optional: '可選',
    noScript: '本頁需要 JavaScript。文件本身無需指令碼亦可閱讀：',
    problemTitle: (code) => `問題 ${code}`,
    problemFix: '如何解決',
    problemStatus: 'HTTP 狀態碼',
    problemUnknown: '此代碼屬於某個後端服務。帶有它的回應在「detail」中說明出了甚麼問題，在「fix」中說明如何解決。',
    back: '全部介面',
  },
};

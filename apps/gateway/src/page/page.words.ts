import type { Language } from '@hetao/kernel';

/** What every page says around its own content. */
export interface PageWords {
  readonly brand: string;
  readonly skip: string;
  readonly language: string;
  readonly theme: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signedInAs: (name: string) => string;
  readonly api: string;
  readonly demo: string;
  readonly footer: string;
}

/** What each language calls itself, and its short form for the switch. */
export const languageNames: Readonly<Record<Language, { readonly name: string; readonly short: string }>> = {
  en: { name: 'English', short: 'EN' },
  'zh-Hans': { name: '简体中文', short: '简' },
  'zh-Hant': { name: '繁體中文', short: '繁' },
};

export const pageWords: Readonly<Record<Language, PageWords>> = {
  en: {
    brand: 'Hetao Exchange',
    skip: 'Skip to content',
    language: 'Language',
    theme: 'Light or dark',
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedInAs: (name) => `Signed in as ${name}`,
    api: 'API reference',
    demo: 'Demo data',
    footer: 'Data and compute exchange of the Hetao Shenzhen–Hong Kong park',
  },
  'zh-Hans': {
    brand: '河套数据交易所',
    skip: '跳到正文',
    language: '语言',
    theme: '浅色或深色',
    signIn: '登录',
    signOut: '退出登录',
    signedInAs: (name) => `当前用户：${name}`,
    api: 'API 文档',
    demo: '演示数据',
    footer: '河套深港科技创新合作区 · 数据与算力',
  },
  'zh-Hant': {
    brand: '河套數據交易所',
    skip: '跳到正文',
    language: '語言',
    theme: '淺色或深色',
    signIn: '登入',
    signOut: '登出',
    signedInAs: (name) => `目前用戶：${name}`,
    api: 'API 文件',
    demo: '示範數據',
    footer: '河套深港科技創新合作區 · 數據與算力',
  },
};

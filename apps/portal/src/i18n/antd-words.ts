import type { ConfigProviderProps } from 'antd';
import type { Language } from '@hetao/kernel';

type AntdWords = NonNullable<ConfigProviderProps['locale']>;

/** What antd says by itself (calendars, file lists), in our languages; each comes with ours. */
const LOADERS = {
  en: () => import('antd/es/locale/en_US'),
  'zh-Hans': () => import('antd/es/locale/zh_CN'),
  'zh-Hant': () => import('antd/es/locale/zh_HK'),
} as const satisfies Record<Language, () => Promise<{ default: AntdWords }>>;

const loaded = new Map<Language, AntdWords>();

export async function loadAntdWords(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, (await LOADERS[language]()).default);
}

/** The words of a language that has been loaded. */
export const antdWords = (language: Language): AntdWords | undefined => loaded.get(language);

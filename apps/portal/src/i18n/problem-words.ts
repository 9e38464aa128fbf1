import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProblemCode } from '@hetao/client';
import type { Language } from '@hetao/kernel';
import type { ProblemWords, ProblemWordsByCode } from './words.js';

/** The exchange itself answers in English. The words of other languages come with the first problem that is shown. */
const LOADERS: Readonly<Partial<Record<Language, () => Promise<{ readonly problems: ProblemWordsByCode }>>>> = {
  'zh-Hans': () => import('../locales/zh-Hans/problems/index.js'),
  'zh-Hant': () => import('../locales/zh-Hant/problems/index.js'),
};

/** @returns the words of a code in the reader's language; undefined where the exchange's own are to be shown */
export function useProblemWords(code: ProblemCode | undefined): ProblemWords | undefined {
  const { i18n } = useTranslation();
  const load = LOADERS[i18n.language as Language];
  const { data } = useQuery({
    queryKey: ['problem-words', i18n.language],
    enabled: code !== undefined && load !== undefined,
    queryFn: async () => (await load?.())?.problems ?? {},
    staleTime: Infinity,
  });
  return load === undefined || code === undefined ? undefined : data?.[code];
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProblemCode } from '@hetao/client';
import type { Language } from '@hetao/kernel';
import type { FaultWordsByCode, ProblemWords, ProblemWordsByCode } from './words.js';

interface AllProblemWords {
  readonly problems: ProblemWordsByCode;
  readonly faults: FaultWordsByCode;
}

/** The exchange itself answers in English. The words of other languages come with the first problem that is shown. */
const LOADERS: Readonly<Partial<Record<Language, () => Promise<AllProblemWords>>>> = {
  'zh-Hans': () => import('../locales/zh-Hans/problems/index.js'),
  'zh-Hant': () => import('../locales/zh-Hant/problems/index.js'),
};

/** What a problem is called, and what its faults are, in the reader's language. */
interface Told extends Partial<ProblemWords> {
  /** @returns what is wrong, by the code of a fault; undefined where the exchange's own words are to be shown */
  readonly fault: (code: string) => string | undefined;
}

/** The words of a code in the reader's language; without title and fix where the exchange's own are to be shown. */
export function useProblemWords(code: ProblemCode): Told {
  const { i18n } = useTranslation();
  const load = LOADERS[i18n.language as Language];
  const { data } = useQuery({
    queryKey: ['problem-words', i18n.language],
    enabled: load !== undefined,
    queryFn: async () => (await load?.()) ?? null,
    staleTime: Infinity,
  });
  const words = load === undefined ? null : data;
  return {
    ...words?.problems[code],
    // Some faults are problems of their own elsewhere.
    fault: (fault) => words?.faults[fault] ?? words?.problems[fault as ProblemCode]?.title,
  };
}

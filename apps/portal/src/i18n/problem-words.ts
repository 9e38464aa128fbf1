import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isProblem, type HetaoProblem, type ProblemCode } from '@hetao/client';
import type { Language } from '@hetao/kernel';
import { faultAt } from '../api/problem.js';
import { faultText } from './fault.rules.js';
import type { ProblemWords, RefusalWords } from './words.js';

/** The exchange itself answers in English. The words of other languages come with the first problem that is shown. */
const LOADERS: Readonly<Partial<Record<Language, () => Promise<RefusalWords>>>> = {
  'zh-Hans': () => import('../locales/zh-Hans/problems/index.js'),
  'zh-Hant': () => import('../locales/zh-Hant/problems/index.js'),
};

/** Everything that can be refused, in the reader's language; nothing where the exchange's own words are to be shown. */
function useRefusalWords(needed: boolean): RefusalWords | undefined {
  const { i18n } = useTranslation();
  const load = LOADERS[i18n.language as Language];
  const { data } = useQuery({
    queryKey: ['problem-words', i18n.language],
    enabled: needed && load !== undefined,
    queryFn: async () => (await load?.()) ?? null,
    staleTime: Infinity,
  });
  return load === undefined ? undefined : (data ?? undefined);
}

/** What a problem is called, and what its faults are, in the reader's language. */
interface Told extends Partial<ProblemWords> {
  /** @returns what is wrong; undefined where the exchange's own words are to be shown */
  readonly fault: (item: HetaoProblem['errors'][number]) => string | undefined;
}

/** The words of a code in the reader's language; without title and fix where the exchange's own are to be shown. */
export function useProblemWords(code: ProblemCode): Told {
  const words = useRefusalWords(true);
  return { ...words?.problems[code], fault: (item) => words && faultText(words, item) };
}

/** What is wrong at a place of what was sent, by its JSON Pointer: in the reader's language, or as the exchange tells it. */
export function useFaultAt(error: unknown): (pointer: string) => string | undefined {
  const words = useRefusalWords(isProblem(error));
  return (pointer) => {
    const item = faultAt(error, pointer);
    return item && ((words && faultText(words, item)) ?? item.detail);
  };
}

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeDeclaration, checkDeclaration, submitDeclaration, supplementDeclaration } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { answersOf, changeOf, type Values } from './declare.rules.js';
import { DECLARE_KEY, type DeclareData } from './use-declare-data.js';

/** What somebody wants done with what was typed. */
export type Wish = 'save' | 'hand in';

interface Order {
  readonly what: Wish;
  readonly values: Values;
  /** ETag of what it was typed over: what somebody else saved since is never overwritten unseen. */
  readonly over: string;
}

interface Heard {
  /** After each step that was taken, also when a later one is refused. */
  readonly onStep: (revision: number) => void;
  readonly onDone: () => void;
}

/** What the rules exempt has nothing to hand in (completeness of customs says the same). */
export const byMemo = (pathway: string): boolean => pathway === 'EXEMPT' || pathway === 'NOT_AN_EXPORT';

/** Saves, answers customs, and where it is wished takes the steps that are left: the rules' check, and digital customs. */
export function useHandIn({ declaration, finding }: DeclareData, { onStep, onDone }: Heard) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const call = { path: { id: declaration.id }, throwOnError: true } as const;
  const memo = byMemo(finding.pathway.id);
  const handIn = async (isDraft: boolean) => {
    if (isDraft) onStep((await checkDeclaration(call)).data.revision);
    if (!memo) await submitDeclaration(call);
  };
  return useAction(
    async ({ what, values, over }: Order) => {
      const saved = await changeDeclaration({
        ...call,
        body: { form: changeOf(values) },
        headers: { 'If-Match': over },
      });
      onStep(saved.data.revision);
      const answers = answersOf(values, declaration);
      if (answers.length > 0) onStep((await supplementDeclaration({ ...call, body: { answers } })).data.revision);
      if (what === 'save') return;
      try {
        await handIn(saved.data.status === 'draft');
      } catch (error) {
        // It was saved: what is missing now is not what was missing before.
        await queries.invalidateQueries({ queryKey: [DECLARE_KEY, declaration.id] });
        throw error;
      }
    },
    {
      onDone: (_nothing, { what }) => {
        onDone();
        if (what === 'save') {
          say(t('declare.saved'));
          return;
        }
        say(t(memo ? 'declare.checked' : 'declare.submitted'));
        void navigate({ to: '/declarations/$declarationId', params: { declarationId: declaration.id } });
      },
    },
  );
}

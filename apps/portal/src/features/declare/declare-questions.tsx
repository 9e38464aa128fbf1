import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeDeclaration, type CustomsFacts, type RuleSetContent } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { useFormat } from '../../i18n/use-format.js';
import { useActiveRules } from '../../kit/declaration/use-active-rules.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Question } from '../../kit/finding/question.js';
import { factsGiven } from './declare.rules.js';
import type { DeclareData } from './use-declare-data.js';
import '../../kit/finding/finding.css';

interface DeclareQuestionsProps {
  readonly data: DeclareData;
  readonly onSaved: (revision: number) => void;
}

/** The facts of the declaration: the next question the rules still have, and every answer with a way to change it. */
export function DeclareQuestions({ data, onSaved }: DeclareQuestionsProps) {
  const { t } = useTranslation();
  const {
    declaration: { id },
    content: { facts },
    finding,
    tag,
  } = data;
  const answer = useAction(
    async (change: CustomsFacts) =>
      (
        await changeDeclaration({
          path: { id },
          body: { facts: change },
          headers: { 'If-Match': tag },
          throwOnError: true,
        })
      ).data,
    { onDone: ({ revision }) => onSaved(revision) },
  );
  const [next] = finding.next_questions;
  return (
    <>
      {answer.isError && <ProblemAlert error={answer.error} />}
      {next !== undefined && (
        <Panel title={t('declare.questions')}>
          <Question
            key={next.key}
            question={next}
            isOver={answer.isPending}
            onAnswer={(value) => answer.mutate({ [next.key]: value })}
          />
        </Panel>
      )}
      <details className="panel">
        <summary>{t('declare.answers')}</summary>
        <Answers facts={facts} isBusy={answer.isPending} onAgain={(key) => answer.mutate({ [key]: null })} />
      </details>
    </>
  );
}

interface AnswersProps {
  readonly facts: CustomsFacts;
  readonly isBusy: boolean;
  readonly onAgain: (key: string) => void;
}

function Answers({ facts, isBusy, onAgain }: AnswersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const answerWord = useAnswerWord();
  const { data: rules } = useActiveRules();
  return (
    <ul className="declare-answers">
      {factsGiven(facts).map(([key, value]) => {
        const asked = rules?.facts.find((fact) => fact.key === key);
        const question = asked === undefined ? key : format.text(asked.question);
        return (
          <li key={key}>
            <span>{question}</span> <strong>{answerWord(asked, value)}</strong>{' '}
            <Button
              size="small"
              disabled={isBusy}
              aria-label={`${t('declare.again')}: ${question}`}
              onClick={() => onAgain(key)}
            >
              {t('declare.again')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** An answer as the question words it: the label of a choice, yes or no, a count. */
function useAnswerWord() {
  const { t } = useTranslation();
  const format = useFormat();
  return (asked: RuleSetContent['facts'][number] | undefined, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return t(value ? 'declare.yes' : 'declare.no');
    if (typeof value === 'number') return format.count(value);
    const label = asked?.type === 'enum' ? asked.labels?.[value] : undefined;
    return label === undefined ? format.place(value) : format.text(label);
  };
}

import { useTranslation } from 'react-i18next';
import { answerApplicationQuestion, type Participant, type ReviewComment } from '@hetao/client';
import { Panel } from '../../kit/page.js';
import { ReviewThread } from '../../kit/review-thread.js';

/** What the reviewer asked, each with its answer or the place for one. */
export function QuestionsPanel({
  organisation,
  questions,
}: {
  readonly organisation: Participant;
  readonly questions: readonly ReviewComment[];
}) {
  const { t } = useTranslation();
  return (
    <Panel title={t('onboarding.questions')}>
      {questions.length === 0 && <p className="muted">{t('onboarding.noQuestions')}</p>}
      {questions.map((question) => (
        <ReviewThread
          key={question.id}
          comment={question}
          answer={(answer) =>
            answerApplicationQuestion({
              path: { id: organisation.id, comment: question.id },
              body: { answer },
              throwOnError: true,
            })
          }
        />
      ))}
    </Panel>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerPolicyQuery, type CustomsFinding } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { factsOf, readAnswers, writeAnswers, answered, type Answers } from '../../kit/finding/facts.rules.js';
import { Finding } from '../../kit/finding/finding.js';
import { Question } from '../../kit/finding/question.js';
import '../../kit/finding/finding.css';

const route = getRouteApi('/customs/check');

/** May this data cross the border? Asks only what still matters, and shows the answer as far as it is known. */
export function CustomsCheckPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const answers = readAnswers(search.facts);
  const finding = useQuery({
    queryKey: ['policy-query', search.facts],
    queryFn: async ({ signal }) =>
      (await answerPolicyQuery({ body: { facts: factsOf(answers) }, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
  const go = (next: Answers) => {
    const facts = writeAnswers(next);
    void navigate({ search: facts === undefined ? {} : { facts } });
  };
  return (
    <Page
      title={t('nav.customsCheck')}
      lead={t('customsCheck.lead')}
      actions={
        answers.length > 0 && (
          <>
            <Button onClick={() => go(answers.slice(0, -1))}>{t('customsCheck.back')}</Button>
            <Button onClick={() => go([])}>{t('customsCheck.again')}</Button>
          </>
        )
      }
    >
      <Loaded query={finding} rows={8}>
        {(data) => {
          const [next] = data.next_questions;
          return (
            <div className="columns">
              <div>
                {next === undefined ? (
                  <p className="notice good">{t('customsCheck.complete')}</p>
                ) : (
                  <Panel title={t('customsCheck.question', { number: answers.length + 1 })}>
                    <Question
                      key={next.key}
                      question={next}
                      isOver={finding.isPlaceholderData}
                      onAnswer={(value) => go(answered(answers, next.key, value))}
                    />
                  </Panel>
                )}
              </div>
              <aside aria-label={t('customsCheck.finding')}>
                <Finding finding={data} />
                {mayDeclare(data) && (
                  <Link
                    className="button"
                    to="/declarations/new"
                    search={search.facts === undefined ? {} : { facts: search.facts }}
                  >
                    {t('declaration.declareFinding')}
                  </Link>
                )}
              </aside>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** Exporters declare, and only what some way leads to. */
function mayDeclare({ possible_pathways: possible }: CustomsFinding): boolean {
  return isOneOf(['merchant']) && possible.length === 1 && possible[0]?.id !== 'BLOCKED';
}

import { useQuery } from '@tanstack/react-query';
import { Button, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  getChecklist,
  getParticipant,
  listApplicationQuestions,
  submitApplication,
  type Participant,
  type ParticipantChecklist,
  type ReviewComment,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { canSubmit, onboardingSteps, stepOf } from './onboarding.rules.js';
import { PapersPanel } from './papers-panel.js';
import { QuestionsPanel } from './questions-panel.js';
import './onboarding.css';

interface Onboarding {
  readonly organisation: Participant;
  readonly checklist: ParticipantChecklist;
  readonly questions: readonly ReviewComment[];
}

/** The way into the exchange: what is asked for, what was asked about it, what came of it. */
export function OnboardingPage() {
  const { t } = useTranslation();
  const { organisation_id: id } = signedIn();
  const query = useQuery({
    queryKey: ['onboarding', id],
    queryFn: async ({ signal }): Promise<Onboarding> => {
      const options = { path: { id }, signal, throwOnError: true } as const;
      const [organisation, checklist, questions] = await Promise.all([
        getParticipant(options),
        getChecklist(options),
        listApplicationQuestions(options),
      ]);
      return { organisation: organisation.data, checklist: checklist.data, questions: questions.data.data };
    },
  });
  return (
    <Page title={t('onboarding.title')} lead={t('onboarding.lead')}>
      <Loaded query={query} rows={8}>
        {({ organisation, checklist, questions }) => (
          <>
            <DetailHead id={organisation.id} path={`/v1/participants/${organisation.id}`}>
              <StatusTag status={organisation.status} />
            </DetailHead>
            <Progress organisation={organisation} checklist={checklist} />
            <PapersPanel organisation={organisation} checklist={checklist} />
            <QuestionsPanel organisation={organisation} questions={questions} />
            <OrganisationFacts organisation={organisation} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Progress({ organisation, checklist }: Pick<Onboarding, 'organisation' | 'checklist'>) {
  const { t } = useTranslation();
  const { id, status } = organisation;
  const submit = useAction(() => submitApplication({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('onboarding.submitted')),
  });
  return (
    <Panel title={t('onboarding.steps')}>
      <Steps
        current={stepOf(status, checklist.complete)}
        {...(status === 'supplement' && { status: 'error' as const })}
        items={onboardingSteps.map((step) => ({ title: t(`onboarding.step.${step}`) }))}
        responsive
      />
      <p className="after-steps">{t(`onboarding.now.${status}`)}</p>
      {organisation.suspension_reason !== null && <p className="notice">{organisation.suspension_reason}</p>}
      {submit.isError && <ProblemAlert error={submit.error} />}
      {canSubmit(status) && (
        <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(undefined)}>
          {t('onboarding.submit')}
        </Button>
      )}
    </Panel>
  );
}

function OrganisationFacts({ organisation }: { readonly organisation: Participant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { certificate, bank_account: account } = organisation;
  return (
    <Panel title={t('onboarding.organisation')}>
      <Facts
        facts={[
          { label: t('settings.organisation'), value: format.text(organisation.name) },
          { label: t('onboarding.place'), value: format.place(organisation.jurisdiction) },
          { label: t('onboarding.currency'), value: organisation.home_currency },
          account !== null &&
            account !== undefined && {
              label: t('onboarding.account'),
              value: [account.name, account.iban ?? account.account_number, account.bic].filter(Boolean).join(' · '),
            },
          certificate !== null && {
            label: t('onboarding.certificate'),
            value: <a href={`/v1/certificates/${certificate.number}`}>{certificate.number}</a>,
          },
          certificate !== null && {
            label: t('onboarding.validTo'),
            value: <Time at={certificate.valid_until} day />,
          },
        ]}
      />
      {certificate !== null && <p className="muted small">{t('onboarding.verifyHint')}</p>}
    </Panel>
  );
}

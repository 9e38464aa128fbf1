import '../../kit/declaration/declare-words.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerPolicyQuery, draftDeclaration, type CustomsFacts, type DeclarationForm } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { useFaultAt } from '../../i18n/problem-words.js';
import { say } from '../../app/toast.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { factsOf, readAnswers } from '../../kit/finding/facts.rules.js';
import { Finding } from '../../kit/finding/finding.js';
import '../../kit/finding/finding.css';

const route = getRouteApi('/declarations/new');

/** Starts a declaration with what every one is about, and with the facts of the policy query it comes from. */
export function NewDeclarationPage() {
  const { t } = useTranslation();
  const { facts: text } = route.useSearch();
  const facts = factsOf(readAnswers(text));
  const count = Object.keys(facts).length;
  const finding = useQuery({
    queryKey: ['policy-query', text],
    queryFn: async ({ signal }) => (await answerPolicyQuery({ body: { facts }, signal, throwOnError: true })).data,
  });
  return (
    <Page title={t('declare.title')} section={t('nav.declarations')} lead={t('declare.lead')}>
      <div className="columns">
        <Panel title={t('declare.start')}>
          <p className="notice calm">{count > 0 ? t('declare.carried', { count }) : t('declare.noFacts')}</p>
          <StartForm facts={facts} />
        </Panel>
        <aside aria-label={t('customsCheck.finding')}>
          {count > 0 ? (
            <Loaded query={finding}>{(data) => <Finding finding={data} />}</Loaded>
          ) : (
            <Link to="/customs/check">{t('nav.customsCheck')}</Link>
          )}
        </aside>
      </div>
    </Page>
  );
}

type Start = Pick<DeclarationForm, 'title' | 'recipient_name' | 'recipient_id'>;

const ASKED = [
  ['title', 200],
  ['recipient_name', 300],
  ['recipient_id', 64],
] as const;

function StartForm({ facts }: { readonly facts: CustomsFacts }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const draft = useDraft<Start>('new-declaration');
  const make = useAction(
    async (start: Start, headers) => {
      const form = { ...start, fields: [], persons: { general: 0, sensitive: 0 } };
      return (await draftDeclaration({ body: { form, facts }, headers, throwOnError: true })).data;
    },
    {
      onDone: ({ id }) => {
        draft.forget();
        say(t('declare.made'));
        void navigate({ to: '/declarations/$declarationId/edit', params: { declarationId: id } });
      },
    },
  );
  const faultAt = useFaultAt(make.error);
  return (
    <Form<Start>
      name="start"
      layout="vertical"
      className="narrow-form"
      initialValues={{ ...draft.values }}
      onValuesChange={(_changed, all) => draft.keep(all)}
      onFinish={(start) => make.mutate(start)}
    >
      {ASKED.map(([name, most]) => {
        const fault = faultAt(`/form/${name}`);
        return (
          <Form.Item
            key={name}
            name={name}
            label={t(`declare.field.${name}`)}
            rules={[{ required: true, whitespace: true, message: t('declare.required') }]}
            {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
          >
            <Input maxLength={most} autoComplete="off" />
          </Form.Item>
        );
      })}
      {make.isError && <ProblemAlert error={make.error} />}
      <Button type="primary" htmlType="submit" loading={make.isPending}>
        {t('declare.make')}
      </Button>
    </Form>
  );
}

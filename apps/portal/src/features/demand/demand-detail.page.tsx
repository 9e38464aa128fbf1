import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerDemand, getDemand, listDemandAnswers, withdrawDemand, type Demand } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { isOneOf, signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead, Facts, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { usePurposeWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useDraft } from '../../kit/use-draft.js';

const route = getRouteApi('/demand/$demandId');

/** One need and what merchants answered. */
export function DemandDetailPage() {
  const { t } = useTranslation();
  const { demandId } = route.useParams();
  const query = useQuery({
    queryKey: ['demand', demandId],
    queryFn: async ({ signal }) => {
      const path = { id: demandId };
      const [demand, answers] = await Promise.all([
        getDemand({ path, signal, throwOnError: true }),
        listDemandAnswers({ path, signal, throwOnError: true }),
      ]);
      return { demand: demand.data, answers: answers.data.data };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {({ demand, answers }) => (
        <Page title={demand.title} section={t('nav.demand')} actions={<Withdraw demand={demand} />}>
          <DetailHead id={demand.id} path={`/v1/demands/${demand.id}`}>
            <StatusTag status={demand.status} />
          </DetailHead>
          <Need demand={demand} />
          <Panel title={t('demand.answers')}>
            {answers.length === 0 && <p className="muted">{t('demand.noAnswers')}</p>}
            <Timeline
              entries={answers.map((answer) => ({
                key: answer.id,
                at: <Time at={answer.answered_at} />,
                title: <OrganisationName id={answer.merchant_id} />,
                detail: (
                  <>
                    <p className="long-text">{answer.message}</p>
                    {answer.product_id !== null && (
                      <Link to="/products/$productId" params={{ productId: answer.product_id }}>
                        <ProductName id={answer.product_id} />
                      </Link>
                    )}
                  </>
                ),
              }))}
            />
            {isOneOf(['merchant']) && demand.status === 'open' && <AnswerForm demand={demand} />}
          </Panel>
        </Page>
      )}
    </Loaded>
  );
}

function Need({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return (
    <Panel>
      <p className="long-text" lang={demand.language}>
        {demand.need}
      </p>
      <Facts
        facts={[
          { label: t('persona.buyer'), value: <OrganisationName id={demand.buyer_id} /> },
          { label: t('request.purpose'), value: purposeWord(demand.purpose) },
          { label: t('request.place'), value: format.place(demand.place_of_use) },
          { label: t('demand.budget'), value: <MoneyCell money={demand.budget} /> },
          { label: t('demand.openUntil'), value: <Time at={demand.open_until} day /> },
        ]}
      />
    </Panel>
  );
}

function Withdraw({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  const withdraw = useAction((id: string) => withdrawDemand({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('demand.withdrawn')),
  });
  if (demand.buyer_id !== signedIn().organisation_id || demand.status !== 'open') return null;
  return (
    <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(demand.id)}>
      {t('demand.withdraw')}
    </Button>
  );
}

function AnswerForm({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  const draft = useDraft<{ message: string }>(`answer:${demand.id}`);
  const answer = useAction(
    (message: string, headers) =>
      answerDemand({ path: { id: demand.id }, body: { message }, headers, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        say(t('demand.answered'));
      },
    },
  );
  return (
    <Form<{ message: string }>
      layout="vertical"
      className="narrow-form"
      initialValues={{ ...draft.values }}
      onValuesChange={(_changed, all) => draft.keep(all)}
      onFinish={({ message }) => answer.mutate(message)}
    >
      <Form.Item name="message" label={t('demand.yourAnswer')} rules={[{ required: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {answer.isError && <ProblemAlert error={answer.error} />}
      <Button type="primary" htmlType="submit" loading={answer.isPending}>
        {t('demand.answer')}
      </Button>
    </Form>
  );
}

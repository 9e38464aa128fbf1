import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getAccessRequest, type AccessRequest, type PolicyDecision } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms, usePurposeWord } from '../../kit/plan-terms.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { DecidePanel } from './decide-panel.js';
import { usePolicyAnswer } from './use-policy-answer.js';

import './requests.css';

const route = getRouteApi('/merchant/requests/$requestId');

/** One request before the merchant: what is asked, what the policy says clause by clause, and the decision. */
export function DecidePage() {
  const { t } = useTranslation();
  const { requestId } = route.useParams();
  const query = useQuery({
    queryKey: ['access-request-of', requestId],
    queryFn: async ({ signal }) =>
      (await getAccessRequest({ path: { id: requestId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={query} rows={8}>
      {(request) => (
        <Page
          title={t('request.of')}
          section={t('queue.title')}
          lead={
            <Link to="/products/$productId" params={{ productId: request.product_id }}>
              <ProductName id={request.product_id} />
            </Link>
          }
        >
          <DetailHead id={request.id} path={`/v1/access-requests/${request.id}`}>
            <StatusTag status={request.status} />
          </DetailHead>
          <Case request={request} />
        </Page>
      )}
    </Loaded>
  );
}

function Case({ request }: { readonly request: AccessRequest }) {
  const { t } = useTranslation();
  const answer = usePolicyAnswer(request);
  return (
    <Loaded query={answer} rows={8}>
      {({ offer, decision }) => (
        <div className="columns">
          <div>
            <Asked request={request} />
            <PolicyAnswer decision={decision} />
          </div>
          <aside aria-label={t('queue.decide')}>
            <DecidePanel request={request} offer={offer} />
            <Panel title={t('queue.terms')}>
              <PlanTerms plan={offer.plan} />
              <PolicyTerms policy={offer.policy} quota={offer.quota} />
            </Panel>
          </aside>
        </div>
      )}
    </Loaded>
  );
}

function Asked({ request }: { readonly request: AccessRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return (
    <Panel title={t('queue.asks')}>
      <Facts
        facts={[
          { label: t('persona.buyer'), value: <OrganisationName id={request.buyer_id} /> },
          { label: t('request.purpose'), value: purposeWord(request.purpose) },
          { label: t('request.place'), value: format.place(request.place_of_use) },
          { label: t('request.asked'), value: <Time at={request.requested_at} /> },
          { label: t('request.expires'), value: <Time at={request.expires_at} day /> },
        ]}
      />
    </Panel>
  );
}

/** The verdict and how it came about, clause by clause. */
function PolicyAnswer({ decision }: { readonly decision: PolicyDecision }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel
      title={t('queue.answer')}
      extra={
        decision.permitted ? <Tag tone="good">{t('queue.permits')}</Tag> : <Tag tone="bad">{t('queue.forbids')}</Tag>
      }
    >
      <p className="long-text">{format.text(decision.reason)}</p>
      <h3>{t('queue.why')}</h3>
      <ul className="clauses">
        {decision.clauses.map((clause) => (
          <li key={clause.pointer}>
            <Tag tone={clause.effect === 'grants' ? 'good' : clause.effect === 'forbids' ? 'bad' : 'over'}>
              {t(`queue.effect.${clause.effect}`)}
            </Tag>{' '}
            {format.text(clause.text)}
          </li>
        ))}
      </ul>
      {decision.duties.length > 0 && (
        <>
          <h3>{t('queue.duties')}</h3>
          <ul className="clauses">
            {decision.duties.map((duty) => (
              <li key={duty.pointer}>{format.text(duty.text)}</li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  acceptOfferMade,
  getAccessRequest,
  getAgreement,
  listOffersMade,
  withdrawAccessRequest,
  type AccessRequest,
  type AgreementDetail,
  type OfferMade,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { isOneOf } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead, Facts, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms, usePurposeWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { buyersMoves } from './request.rules.js';

const route = getRouteApi('/requests/$requestId');

/** One request: what was asked, what was offered in between, and what comes next. */
export function RequestDetailPage() {
  const { t } = useTranslation();
  const { requestId } = route.useParams();
  const query = useQuery({
    queryKey: ['access-request', requestId],
    queryFn: async ({ signal }) => {
      const path = { id: requestId };
      const [request, offers] = await Promise.all([
        getAccessRequest({ path, signal, throwOnError: true }),
        listOffersMade({ path, signal, throwOnError: true }),
      ]);
      return { request: request.data, offers: offers.data.data };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {({ request, offers }) => (
        <Page
          title={t('request.of')}
          section={t('nav.requests')}
          lead={
            <Link to="/products/$productId" params={{ productId: request.product_id }}>
              <ProductName id={request.product_id} />
            </Link>
          }
        >
          <DetailHead id={request.id} path={`/v1/access-requests/${request.id}`}>
            <StatusTag status={request.status} />
          </DetailHead>
          <NextStep request={request} />
          <RequestFacts request={request} />
          <OffersMade offers={offers} />
        </Page>
      )}
    </Loaded>
  );
}

/** The licence that came of the request; undefined until it is read, and where there is none. */
function useLicence(id: string | null): AgreementDetail | undefined {
  return useQuery({
    queryKey: ['agreement', id],
    enabled: id !== null,
    queryFn: async ({ signal }) => (await getAgreement({ path: { id: id ?? '' }, signal, throwOnError: true })).data,
  }).data;
}

function NextStep({ request }: { readonly request: AccessRequest }) {
  const { t } = useTranslation();
  const accept = useAction((id: string) => acceptOfferMade({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('request.accepted')),
  });
  const withdraw = useAction((id: string) => withdrawAccessRequest({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('request.withdrawn')),
  });
  const moves = buyersMoves(request);
  const licence = useLicence(request.agreement_id);
  const failed = accept.error ?? withdraw.error;
  return (
    <Panel title={t('request.next')}>
      <p className="long-text">
        {t(licence?.signatures.length === 2 ? 'request.nextSigned' : `request.nextFor.${request.status}`)}
        {request.reason !== null && ` ${request.reason}`}
      </p>
      {failed !== null && <ProblemAlert error={failed} />}
      <div className="actions">
        {request.agreement_id !== null && (
          <Link to="/contracts/$agreementId" params={{ agreementId: request.agreement_id }} className="button">
            {t('request.toContract')}
          </Link>
        )}
        {isOneOf(['buyer']) && moves.accept && (
          <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate(request.id)}>
            {t('request.accept')}
          </Button>
        )}
        {isOneOf(['buyer']) && moves.withdraw && (
          <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(request.id)}>
            {t('request.withdraw')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function RequestFacts({ request }: { readonly request: AccessRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return (
    <Panel>
      <Facts
        facts={[
          { label: t('persona.merchant'), value: <OrganisationName id={request.merchant_id} /> },
          { label: t('persona.buyer'), value: <OrganisationName id={request.buyer_id} /> },
          { label: t('request.purpose'), value: purposeWord(request.purpose) },
          { label: t('request.place'), value: format.place(request.place_of_use) },
          { label: t('request.asked'), value: <Time at={request.requested_at} /> },
          { label: t('request.answered'), value: <Time at={request.answered_at} /> },
          { label: t('request.expires'), value: <Time at={request.expires_at} day /> },
        ]}
      />
    </Panel>
  );
}

/** Offer and counter-offer in their order; terms that are the published ones are not said again. */
function OffersMade({ offers }: { readonly offers: readonly OfferMade[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('request.talks')}>
      <Timeline
        entries={offers.map((offer) => ({
          key: String(offer.number),
          at: <Time at={offer.made_at} />,
          title: t(`request.by.${offer.by}`),
          detail: (
            <>
              {offer.note !== null && <p>{offer.note}</p>}
              {Object.keys(offer.change).length === 0 && t('request.asPublished')}
              {offer.change.plan !== undefined && <PlanTerms plan={offer.change.plan} />}
              {offer.change.policy !== undefined && (
                <PolicyTerms policy={offer.change.policy} quota={offer.change.quota ?? null} />
              )}
            </>
          ),
        }))}
      />
    </Panel>
  );
}

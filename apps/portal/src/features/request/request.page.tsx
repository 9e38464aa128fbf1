import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  getParticipant,
  getProduct,
  listOffers,
  requestAccess,
  type NewAccessRequest,
  type Offer,
  type Participant,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms, usePurposeWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { likelyPlace } from './request.rules.js';

const route = getRouteApi('/products/$productId/request');
const MOST_OFFERS = 20;

/** Asks for access: what for, and where. Binds nobody. */
export function RequestPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { productId } = route.useParams();
  const { offer: wanted } = route.useSearch();
  const query = useQuery({
    queryKey: ['to-request', productId],
    queryFn: async ({ signal }) => {
      const [product, home, offers] = await Promise.all([
        getProduct({ path: { id: productId }, signal, throwOnError: true }),
        getParticipant({ path: { id: signedIn().organisation_id }, signal, throwOnError: true }),
        listOffers({
          query: { product_id: productId, status: 'published', limit: MOST_OFFERS },
          signal,
          throwOnError: true,
        }),
      ]);
      return { product: product.data, home: home.data.jurisdiction, offers: offers.data.data };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {({ product, home, offers }) => {
        const offer = offers.find(({ id }) => id === wanted) ?? offers[0];
        return (
          <Page title={format.text(product.name)} section={t('request.title')} lead={t('request.lead')}>
            {offer === undefined ? (
              <Empty title={t('product.noOffer')} />
            ) : (
              <RequestForm key={offer.id} offer={offer} home={home} />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

type Values = Pick<NewAccessRequest, 'purpose' | 'place_of_use'>;

interface RequestFormProps {
  readonly offer: Offer;
  /** Where the buyer sits: most use it there. */
  readonly home: Participant['jurisdiction'];
}

function RequestForm({ offer, home }: RequestFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  const navigate = route.useNavigate();
  const draft = useDraft<Values>(`request:${offer.id}`);
  const { purposes, places_of_use: places } = offer.policy;
  const ask = useAction(
    async (body: NewAccessRequest, headers) => (await requestAccess({ body, headers, throwOnError: true })).data,
    {
      onDone: (request) => {
        draft.forget();
        say(t('request.sent'));
        void navigate({ to: '/requests/$requestId', params: { requestId: request.id } });
      },
    },
  );
  return (
    <div className="columns">
      <Panel>
        <Form<Values>
          layout="vertical"
          className="narrow-form"
          initialValues={{ purpose: purposes[0], place_of_use: likelyPlace(places, home), ...draft.values }}
          onValuesChange={(_changed, all) => draft.keep(all)}
          onFinish={(values) => ask.mutate({ offer_id: offer.id, ...values })}
        >
          <Form.Item
            name="purpose"
            label={t('request.purpose')}
            extra={t('request.purposeHint')}
            rules={[{ required: true }]}
          >
            <Select
              aria-label={t('request.purpose')}
              options={purposes.map((value) => ({ value, label: purposeWord(value) }))}
            />
          </Form.Item>
          <Form.Item
            name="place_of_use"
            label={t('request.place')}
            extra={t('request.placeHint')}
            rules={[{ required: true }]}
          >
            <Select
              aria-label={t('request.place')}
              options={places.map((value) => ({ value, label: format.place(value) }))}
            />
          </Form.Item>
          {ask.isError && <ProblemAlert error={ask.error} />}
          <Button type="primary" htmlType="submit" loading={ask.isPending}>
            {t('request.submit')}
          </Button>
          <p className="muted small">{t('request.binds')}</p>
        </Form>
      </Panel>
      <aside aria-label={t('request.terms')}>
        <Panel title={t('request.terms')}>
          <PlanTerms plan={offer.plan} />
          <PolicyTerms policy={offer.policy} quota={offer.quota} />
        </Panel>
      </aside>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getOffer, withdrawOffer, type Offer } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ConfirmByName } from '../../kit/confirm-by-name.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { PrivateOffer } from './private-offer.js';
import { Simulator } from './simulator.js';

const route = getRouteApi('/merchant/offers/$offerId');

/** One offer: its terms, what a month under it comes to, and the same for one buyer alone. */
export function OfferPage() {
  const { t } = useTranslation();
  const { offerId } = route.useParams();
  const query = useQuery({
    queryKey: ['offer', offerId],
    queryFn: async ({ signal }) => (await getOffer({ path: { id: offerId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={query} rows={8}>
      {(offer) => (
        <Page
          title={t('offers.offer')}
          section={t('offers.title')}
          lead={
            <Link to="/products/$productId" params={{ productId: offer.product_id }}>
              <ProductName id={offer.product_id} />
            </Link>
          }
          actions={offer.merchant_id === signedIn().organisation_id && <OfferActions offer={offer} />}
        >
          <DetailHead id={offer.id} path={`/v1/offers/${offer.id}`}>
            <StatusTag status={offer.status} />
          </DetailHead>
          <div className="columns">
            <Simulator offer={offer} />
            <aside aria-label={t('offers.terms')}>
              <OfferTerms offer={offer} />
            </aside>
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function OfferActions({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'private' | 'withdraw'>();
  const close = () => setOpen(undefined);
  const withdraw = useAction((id: string) => withdrawOffer({ path: { id }, throwOnError: true }), {
    onDone: () => {
      say(t('offers.withdrawn'));
      close();
    },
  });
  if (offer.status !== 'published') return null;
  return (
    <>
      <Button onClick={() => setOpen('private')}>{t('offers.private')}</Button>
      <Button danger onClick={() => setOpen('withdraw')}>
        {t('offers.withdraw')}
      </Button>
      <PrivateOffer offer={offer} open={open === 'private'} onClose={close} />
      <ConfirmByName
        open={open === 'withdraw'}
        title={t('offers.withdraw')}
        name={offer.id}
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => withdraw.mutate(offer.id)}
        onCancel={close}
      >
        <p>{t('offers.withdrawHint')}</p>
      </ConfirmByName>
    </>
  );
}

function OfferTerms({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('offers.terms')}>
      <PlanTerms plan={offer.plan} />
      <PolicyTerms policy={offer.policy} quota={offer.quota} />
      <Facts
        facts={[
          {
            label: t('offers.audience'),
            value: offer.buyer_id === null ? t('offers.everybody') : <OrganisationName id={offer.buyer_id} />,
          },
          { label: t('offers.validUntil'), value: <Time at={offer.valid_until} day /> },
          {
            label: t('offers.term'),
            value: `${format.day(offer.term.from)} – ${format.day(offer.term.until)}`,
          },
          { label: t('offers.notice'), value: t('terms.days', { count: offer.notice_days }) },
          { label: t('offers.fees'), value: format.share(offer.plan.fee.exchange_bps / 10_000) },
        ]}
      />
    </Panel>
  );
}

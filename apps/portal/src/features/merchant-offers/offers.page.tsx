import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listOffers, type Offer } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { PlanTerms } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { offerStatuses } from './offer-status.js';

const route = getRouteApi('/merchant/offers');

/** The terms under which the merchant's products can be had. */
export function OffersPage() {
  const { t } = useTranslation();
  const columns = useOfferColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { organisation_id: merchant_id } = signedIn();
  const list = useCursorList(['offers', merchant_id, search], ({ page, signal }) =>
    listOffers({ query: { merchant_id, ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('offers.title')} lead={t('offers.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={offerStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('offers.title')}
        list={list}
        rowKey={(row) => row.id}
        file="offers"
        empty={<Empty title={t('offers.none')}>{t('offers.noneHint')}</Empty>}
        columns={columns}
      />
    </Page>
  );
}

/** What, at which price, for whom, until when. */
function useOfferColumns(): readonly Column<Offer>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'product',
      title: t('kit.product'),
      cell: (row) => (
        <Link to="/merchant/offers/$offerId" params={{ offerId: row.id }}>
          <ProductName id={row.product_id} />
        </Link>
      ),
      text: (row) => row.product_id,
    },
    { key: 'plan', title: t('offers.plan'), cell: (row) => <PlanTerms plan={row.plan} /> },
    {
      key: 'audience',
      title: t('offers.audience'),
      cell: (row) => (row.buyer_id === null ? t('offers.everybody') : <OrganisationName id={row.buyer_id} />),
      text: (row) => row.buyer_id ?? 'everybody',
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'until',
      title: t('offers.validUntil'),
      cell: (row) => <Time at={row.valid_until} day />,
      text: (row) => row.valid_until,
    },
  ];
}

import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listProducts } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect, FilterText } from '../../kit/filters.js';
import { OrganisationName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { listingStatuses } from './review-status.js';

const route = getRouteApi('/ops/listings');

/** Listings by where they stand in the review; without a choice those that were just submitted. */
export function ListingsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const status = search.status ?? 'submitted';
  const list = useCursorList(['ops-listings', status, search.q], ({ page, signal }) =>
    listProducts({
      query: { status, ...(search.q !== undefined && { q: search.q }), ...page },
      signal,
      throwOnError: true,
    }),
  );
  return (
    <Page title={t('nav.listingReview')} lead={t('opsListings.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={status}
          options={listingStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(value) => void navigate({ search: { ...search, status: value ?? 'submitted' } })}
        />
        <FilterText
          label={t('opsListings.search')}
          value={search.q}
          onChange={(q) => void navigate({ search: { status, ...(q !== undefined && { q }) } })}
        />
      </Filters>
      <DataList
        label={t('nav.listingReview')}
        list={list}
        rowKey={({ id }) => id}
        file="listings"
        empty={<Empty title={t('opsListings.none')}>{t('opsListings.noneHint')}</Empty>}
        columns={[
          {
            key: 'name',
            title: t('kit.product'),
            cell: ({ id, name }) => (
              <Link to="/ops/listings/$productId/review" params={{ productId: id }}>
                {format.text(name)}
              </Link>
            ),
            text: ({ name }) => format.text(name),
          },
          {
            key: 'merchant',
            title: t('persona.merchant'),
            cell: ({ merchant_id: id }) => <OrganisationName id={id} />,
            text: (row) => row.merchant_id,
          },
          { key: 'kind', title: t('opsListings.kind'), cell: ({ kind }) => t(`catalog.value.kind_${kind}`) },
          { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.status} /> },
          {
            key: 'submissions',
            title: t('opsListings.submissions'),
            cell: ({ submissions }) => format.count(submissions),
            figure: true,
          },
          {
            key: 'since',
            title: t('opsInbox.since'),
            cell: (row) => <Time at={row.submitted_at ?? row.created_at} near />,
            text: (row) => row.submitted_at ?? row.created_at,
          },
        ]}
      />
    </Page>
  );
}

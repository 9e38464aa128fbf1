import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listProducts, type Product } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { listingStatuses } from './listing-status.js';
import { NewListing } from './new-listing.js';

const route = getRouteApi('/merchant/listings');

/** The merchant's products and how far each is on its way to the market. */
export function ListingsPage() {
  const { t } = useTranslation();
  const columns = useListingColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [starting, setStarting] = useState(false);
  const { organisation_id: merchant_id } = signedIn();
  const list = useCursorList(['listings', merchant_id, search], ({ page, signal }) =>
    listProducts({ query: { merchant_id, ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page
      title={t('listing.title')}
      lead={t('listing.lead')}
      actions={
        <Button type="primary" onClick={() => setStarting(true)}>
          {t('listing.new')}
        </Button>
      }
    >
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={listingStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('listing.title')}
        list={list}
        rowKey={(row) => row.id}
        file="listings"
        empty={<Empty title={t('listing.none')}>{t('listing.noneHint')}</Empty>}
        columns={columns}
      />
      <NewListing open={starting} onClose={() => setStarting(false)} />
    </Page>
  );
}

/** What, how far, which version, under which certificate. */
function useListingColumns(): readonly Column<Product>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('kit.product'),
      cell: (row) => (
        <Link to="/merchant/listings/$listingId" params={{ listingId: row.id }}>
          {format.text(row.name)}
        </Link>
      ),
      text: (row) => format.text(row.name),
    },
    {
      key: 'kind',
      title: t('listing.field.kind'),
      cell: (row) => t(`listing.value.kind_${row.kind}`),
      text: (row) => row.kind,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'version',
      title: t('listing.version'),
      cell: (row) => row.version,
      text: (row) => String(row.version),
      figure: true,
    },
    {
      key: 'certificate',
      title: t('listing.certificate'),
      cell: (row) => row.certificate?.number ?? '–',
      text: (row) => row.certificate?.number ?? '',
    },
    {
      key: 'since',
      title: t('listing.since'),
      cell: (row) => <Time at={row.created_at} day />,
      text: (row) => row.created_at,
    },
  ];
}

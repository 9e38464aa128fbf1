import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listAccessRequests, type AccessRequest } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { usePurposeWord } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { requestStatuses } from '../../kit/request-statuses.js';

const route = getRouteApi('/requests');

/** What the organisation has asked for, and how far each is. */
export function RequestsPage() {
  const { t } = useTranslation();
  const columns = useRequestColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['access-requests', search], ({ page, signal }) =>
    listAccessRequests({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.requests')} lead={t('request.listLead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={requestStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('nav.requests')}
        list={list}
        rowKey={(row) => row.id}
        file="access-requests"
        empty={<Empty title={t('request.none')} action={<Link to="/catalog">{t('home.find')}</Link>} />}
        columns={columns}
      />
    </Page>
  );
}

/** What was asked for, of whom, and how far it is. */
function useRequestColumns(): readonly Column<AccessRequest>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return [
    {
      key: 'product',
      title: t('kit.product'),
      cell: (row) => (
        <Link to="/requests/$requestId" params={{ requestId: row.id }}>
          <ProductName id={row.product_id} />
        </Link>
      ),
      text: (row) => row.product_id,
    },
    {
      key: 'merchant',
      title: t('persona.merchant'),
      cell: (row) => <OrganisationName id={row.merchant_id} />,
      text: (row) => row.merchant_id,
    },
    {
      key: 'purpose',
      title: t('request.purpose'),
      cell: (row) => purposeWord(row.purpose),
      text: (row) => row.purpose,
    },
    {
      key: 'place',
      title: t('request.place'),
      cell: (row) => format.place(row.place_of_use),
      text: (row) => row.place_of_use,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'asked',
      title: t('request.asked'),
      cell: (row) => <Time at={row.requested_at} day />,
      text: (row) => row.requested_at,
    },
  ];
}

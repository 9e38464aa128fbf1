import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listAgreements } from '@hetao/client';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { agreementStatuses } from './contract-status.js';

const route = getRouteApi('/contracts');

/** Every licence the organisation is party to. */
export function ContractsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['agreements', search], ({ page, signal }) =>
    listAgreements({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.contracts')} lead={t('contract.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={agreementStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('nav.contracts')}
        list={list}
        rowKey={(row) => row.id}
        file="licences"
        empty={<Empty title={t('contract.none')} action={<Link to="/catalog">{t('home.find')}</Link>} />}
        columns={[
          {
            key: 'product',
            title: t('kit.product'),
            cell: (row) => (
              <Link to="/contracts/$agreementId" params={{ agreementId: row.id }}>
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
            key: 'buyer',
            title: t('persona.buyer'),
            cell: (row) => <OrganisationName id={row.buyer_id} />,
            text: (row) => row.buyer_id,
          },
          {
            key: 'status',
            title: t('kit.status'),
            cell: (row) => <StatusTag status={row.status} />,
            text: (row) => row.status,
          },
          {
            key: 'from',
            title: t('contract.from'),
            cell: (row) => <Time at={row.effective_from} day />,
            text: (row) => row.effective_from,
          },
          {
            key: 'until',
            title: t('contract.until'),
            cell: (row) => <Time at={row.ends_at} day />,
            text: (row) => row.ends_at,
          },
        ]}
      />
    </Page>
  );
}

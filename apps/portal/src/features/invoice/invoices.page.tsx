import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listInvoices, type Invoice } from '@hetao/client';
import { moneyText } from '../../i18n/format.js';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { OrganisationName, shortId } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { invoiceStatuses } from './invoice-status.js';

const route = getRouteApi('/invoices');

/** Invoices: what is to be paid, by when, and what was. */
export function InvoicesPage() {
  const { t } = useTranslation();
  const columns = useInvoiceColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['invoices', search], ({ page, signal }) =>
    listInvoices({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.invoices')} lead={t('invoice.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={invoiceStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('nav.invoices')}
        list={list}
        rowKey={(row) => row.id}
        file="invoices"
        empty={<Empty title={t('invoice.none')}>{t('invoice.noneHint')}</Empty>}
        columns={columns}
      />
    </Page>
  );
}

/** What is owed, to whom, by when. */
function useInvoiceColumns(): readonly Column<Invoice>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'number',
      title: t('invoice.number'),
      cell: (row) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }}>
          {row.number || shortId(row.id)}
        </Link>
      ),
      text: (row) => row.number,
    },
    {
      key: 'month',
      title: t('invoice.month'),
      cell: (row) => format.month(row.period),
      text: (row) => row.period,
    },
    {
      key: 'merchant',
      title: t('persona.merchant'),
      cell: (row) => (row.merchant_name ? format.text(row.merchant_name) : <OrganisationName id={row.merchant_id} />),
      text: (row) => row.merchant_name?.en ?? row.merchant_id,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'due',
      title: t('invoice.due'),
      cell: (row) => <Time at={row.due_date} day />,
      text: (row) => row.due_date ?? '',
    },
    {
      key: 'gross',
      title: t('invoice.gross'),
      cell: (row) => <MoneyCell money={row.gross} />,
      text: (row) => moneyText(row.gross),
      figure: true,
    },
    {
      key: 'open',
      title: t('invoice.outstanding'),
      cell: (row) => <MoneyCell money={row.outstanding} />,
      text: (row) => moneyText(row.outstanding),
      figure: true,
    },
  ];
}

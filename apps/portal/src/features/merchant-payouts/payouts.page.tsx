import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listPayouts, type Payout } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { ComingPanel } from './coming-panel.js';
import { payoutStatuses } from './payout-status.js';

const route = getRouteApi('/merchant/payouts');

/** What was paid to the merchant, and what is still to come. */
export function PayoutsPage() {
  const { t } = useTranslation();
  const columns = usePayoutColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['payouts', search], ({ page, signal }) =>
    listPayouts({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('payouts.title')} lead={t('payouts.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={payoutStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('payouts.title')}
        list={list}
        rowKey={(row) => row.id}
        file="payouts"
        empty={<Empty title={t('payouts.none')}>{t('payouts.noneHint')}</Empty>}
        columns={columns}
      />
      <ComingPanel />
    </Page>
  );
}

/** For which month, how much, how far. */
function usePayoutColumns(): readonly Column<Payout>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'month',
      title: t('payouts.month'),
      cell: (row) => (
        <Link to="/merchant/payouts/$payoutId" params={{ payoutId: row.id }}>
          {format.month(row.period)}
        </Link>
      ),
      text: (row) => row.period,
    },
    {
      key: 'gross',
      title: t('payouts.step.earned'),
      cell: (row) => <MoneyCell money={row.gross} />,
      text: (row) => row.gross.amount,
      figure: true,
    },
    {
      key: 'amount',
      title: t('payouts.amount'),
      cell: (row) => <MoneyCell money={row.amount} />,
      text: (row) => row.amount.amount,
      figure: true,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'instructed',
      title: t('payouts.instructed'),
      cell: (row) => <Time at={row.instructed_at} day />,
      text: (row) => row.instructed_at,
    },
    {
      key: 'settled',
      title: t('payouts.arrived'),
      cell: (row) => <Time at={row.settled_at} day />,
      text: (row) => row.settled_at ?? '',
    },
  ];
}

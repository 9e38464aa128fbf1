import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listDeliveryCalls, type DeliveryCall } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import type { Tone } from '../../kit/status.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { callStates } from './scopes.rules.js';

const route = getRouteApi('/developers/logs');

/** Every call that went through the exchange: what was passed on, and why what was not. */
export function LogsPage() {
  const { t } = useTranslation();
  const columns = useCallColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['delivery-calls', search], ({ page, signal }) =>
    listDeliveryCalls({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.logs')} lead={t('developers.logsLead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.state}
          options={callStates.map((value) => ({ value, label: t(`developers.call.${value}`) }))}
          onChange={(state) => void navigate({ search: state === undefined ? {} : { state } })}
        />
      </Filters>
      <DataList
        label={t('nav.logs')}
        list={list}
        rowKey={(row) => row.id}
        file="calls"
        columns={columns}
        empty={<Empty title={t('developers.noCalls')}>{t('developers.noCallsHint')}</Empty>}
      />
    </Page>
  );
}

const toneOfCall = (state: string): Tone => (state === 'delivered' ? 'good' : state === 'begun' ? 'working' : 'bad');

function useCallColumns(): readonly Column<DeliveryCall>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const word = (state: string) => {
    const known = callStates.find((one) => one === state);
    return known === undefined ? state : t(`developers.call.${known}`);
  };
  return [
    {
      key: 'call',
      title: t('developers.callTitle'),
      cell: (row) => (
        <code className="wrap">
          {row.method} {row.path}
        </code>
      ),
      text: (row) => `${row.method} ${row.path}`,
    },
    {
      key: 'product',
      title: t('kit.product'),
      cell: (row) => (row.product_id === null ? '–' : <ProductName id={row.product_id} />),
      text: (row) => row.product_id ?? '',
    },
    {
      key: 'state',
      title: t('kit.status'),
      cell: (row) => <Tag tone={toneOfCall(row.state)}>{word(row.state)}</Tag>,
      text: (row) => row.state,
    },
    {
      key: 'why',
      title: t('developers.why'),
      cell: (row) => row.detail ?? row.upstream_status ?? '–',
      text: (row) => row.detail ?? '',
    },
    {
      key: 'bytes',
      title: t('developers.bytes'),
      cell: (row) => format.bytes(Number(row.bytes_out)),
      text: (row) => row.bytes_out,
      figure: true,
    },
    { key: 'at', title: t('usage.time'), cell: (row) => <Time at={row.begun_at} />, text: (row) => row.begun_at },
  ];
}

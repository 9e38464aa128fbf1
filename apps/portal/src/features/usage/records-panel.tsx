import { useTranslation } from 'react-i18next';
import { listUsageRecords, type Agreement, type UsageRecord } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { monthAfter, monthStart } from '../../kit/months.rules.js';

interface RecordsPanelProps {
  readonly agreement: Agreement;
  readonly period: string;
  readonly meter: string | undefined;
}

const PAGE = 20;

/** What a record counted, in words; a record of another form as it is. */
function Says({ data }: { readonly data: UsageRecord['data'] }) {
  const format = useFormat();
  const meterWord = useMeterWord();
  const { meters } = data;
  if (typeof meters !== 'object' || meters === null) return <code className="wrap">{JSON.stringify(data)}</code>;
  return (
    <>
      {Object.entries(meters)
        .map(([meter, quantity]) => `${format.count(String(quantity))} ${meterWord(meter, Number(quantity))}`)
        .join(' · ')}
    </>
  );
}

/** The records behind the sums, as they count after corrections. */
export function RecordsPanel({ agreement, period, meter }: RecordsPanelProps) {
  const { t } = useTranslation();
  const list = useCursorList(['usage-records', agreement.id, period, meter], ({ page, signal }) =>
    listUsageRecords({
      query: {
        ...{ agreement_id: agreement.id, limit: PAGE, from: monthStart(period), to: monthStart(monthAfter(period, 1)) },
        ...(meter !== undefined && { meter }),
        ...page,
      },
      signal,
      throwOnError: true,
    }),
  );
  return (
    <Panel title={t('usage.records')}>
      <DataList
        label={t('usage.records')}
        list={list}
        rowKey={(row) => `${row.source} ${row.id}`}
        file={`usage-${period}`}
        empty={<Empty title={t('usage.noRecords')} />}
        columns={[
          {
            key: 'id',
            title: t('usage.record'),
            cell: (row) => <CopyText text={row.id} short />,
            text: (row) => row.id,
          },
          { key: 'time', title: t('usage.time'), cell: (row) => <Time at={row.time} />, text: (row) => row.time },
          { key: 'source', title: t('usage.source'), cell: (row) => row.source, text: (row) => row.source },
          {
            key: 'data',
            title: t('usage.says'),
            cell: (row) => <Says data={row.data} />,
            text: (row) => JSON.stringify(row.data),
          },
        ]}
      />
    </Panel>
  );
}

import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { importRates, listRates, listTaxRates } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { useTaxWord } from './use-tax-word.js';
import { percentOfBps } from './fee-trial.rules.js';

/** The taxes an invoice may bear: each with the law it stands in and the days it holds. */
export function TaxRates() {
  const { t } = useTranslation();
  const format = useFormat();
  const taxWord = useTaxWord();
  const list = useCursorList(['tax-rates'], ({ page, signal }) =>
    listTaxRates({ query: page, signal, throwOnError: true }),
  );
  return (
    <Panel title={t('opsFees.taxes')}>
      <DataList
        label={t('opsFees.taxes')}
        list={list}
        rowKey={({ id }) => id}
        file="tax-rates"
        empty={<Empty title={t('opsFees.noTaxes')} />}
        columns={[
          {
            key: 'name',
            title: t('opsFees.tax'),
            cell: (row) => taxWord(row, 'name'),
            text: (row) => taxWord(row, 'name'),
          },
          {
            key: 'jurisdiction',
            title: t('opsFees.jurisdiction'),
            cell: (row) => format.place(row.jurisdiction),
            text: (row) => row.jurisdiction,
          },
          {
            key: 'category',
            title: t('opsFees.category'),
            cell: (row) => t(`opsFees.categories.${row.category}`),
            text: (row) => row.category,
          },
          {
            key: 'rate',
            title: t('opsFees.rate'),
            figure: true,
            cell: (row) => `${percentOfBps(row.rate_bps)} %`,
            text: (row) => percentOfBps(row.rate_bps),
          },
          {
            key: 'source',
            title: t('opsFees.source'),
            cell: (row) => taxWord(row, 'source'),
            text: (row) => taxWord(row, 'source'),
          },
          {
            key: 'valid',
            title: t('opsFees.holds'),
            cell: (row) => <Holds from={row.valid_from} until={row.valid_until} />,
            text: (row) => `${row.valid_from}/${row.valid_until ?? '..'}`,
          },
        ]}
      />
    </Panel>
  );
}

/** Exchange rates as the source quoted them, and the file of the next day in. */
export function ExchangeRates() {
  const { t } = useTranslation();
  const list = useCursorList(['fx-rates'], ({ page, signal }) =>
    listRates({ query: page, signal, throwOnError: true }),
  );
  return (
    <Panel title={t('opsFees.fx')} extra={<ImportRates />}>
      <DataList
        label={t('opsFees.fx')}
        list={list}
        rowKey={({ id }) => id}
        file="exchange-rates"
        empty={<Empty title={t('opsFees.noFx')} />}
        columns={[
          {
            key: 'pair',
            title: t('opsFees.pair'),
            cell: (row) => `${row.base} → ${row.quote}`,
            text: (row) => `${row.base}/${row.quote}`,
          },
          { key: 'side', title: t('opsFees.side'), cell: (row) => t(`opsFees.sides.${row.side}`) },
          { key: 'rate', title: t('opsFees.rate'), figure: true, cell: (row) => row.rate, text: (row) => row.rate },
          { key: 'source', title: t('opsFees.source'), cell: (row) => row.source, text: (row) => row.source },
          {
            key: 'valid',
            title: t('opsFees.holds'),
            cell: (row) => <Holds from={row.quoted_on} until={row.valid_until} />,
            text: (row) => `${row.quoted_on}/${row.valid_until}`,
          },
        ]}
      />
    </Panel>
  );
}

function Holds({ from, until }: { readonly from: string; readonly until: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      {t('opsFees.from')} <Time at={from} day />
      {until !== null && (
        <>
          {' '}
          {t('opsFees.until')} <Time at={until} day />
        </>
      )}
    </>
  );
}

const mediaTypeOf = (name: string) => (name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'application/xml');

/** The file of the day; the same file again is the same import, and a faulty line refuses all of it. */
function ImportRates() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const send = useAction(
    (file: File) =>
      importRates({ body: file, headers: { 'Content-Type': mediaTypeOf(file.name) }, throwOnError: true }),
    {
      onDone: ({ data }) => say(t('opsFees.imported', { count: data.rates })),
    },
  );
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xml"
        aria-label={t('opsFees.import')}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) send.mutate(file);
          target.value = '';
        }}
      />
      <Button loading={send.isPending} onClick={() => input.current?.click()}>
        {t('opsFees.import')}
      </Button>
      {send.isError && <ProblemAlert error={send.error} />}
    </>
  );
}

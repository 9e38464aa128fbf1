import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  acceptStatementGap,
  getOperation,
  importStatement,
  listCsvMappings,
  listStatements,
  type BankStatementImport,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { useFormat } from '../../i18n/use-format.js';
import { AskReason } from '../../kit/ask-reason.js';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { mediaTypeOf } from './reconciliation.rules.js';
import { useWhyText } from './use-why-text.js';

/** How often a long import is asked how far it is. */
const FOLLOW_MS = 1_500;

/** Statements of the exchange's accounts: the file of the bank in, every line matched or made a case. */
export function StatementsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useCursorList(['statements'], ({ page, signal }) =>
    listStatements({ query: page, signal, throwOnError: true }),
  );
  return (
    <>
      <ImportPanel />
      <DataList
        label={t('opsReconciliation.tab.statements')}
        list={list}
        rowKey={(row) => row.statement_id}
        file="bank-statements"
        empty={<Empty title={t('opsReconciliation.noStatements')} />}
        columns={[
          {
            key: 'reference',
            title: t('opsReconciliation.statement'),
            cell: (row) => row.reference,
            text: (row) => row.reference,
          },
          {
            key: 'account',
            title: t('opsReconciliation.account'),
            cell: (row) => row.account,
            text: (row) => row.account,
          },
          { key: 'day', title: t('opsReconciliation.booked'), cell: (row) => <Time at={row.closing_date} day /> },
          {
            key: 'closing',
            title: t('opsReconciliation.closing'),
            figure: true,
            cell: (row) => (row.closing === null ? '–' : <MoneyCell money={row.closing} />),
          },
          {
            key: 'matched',
            title: t('opsReconciliation.matchedOf'),
            figure: true,
            cell: (row) => `${format.count(row.matched)} / ${format.count(row.lines)}`,
            text: (row) => `${row.matched}/${row.lines}`,
          },
          {
            key: 'continuity',
            title: t('opsReconciliation.continuity'),
            cell: (row) => (
              <>
                <StatusTag status={row.continuity.state} />{' '}
                {row.continuity.state === 'gap' && (
                  <AskReason
                    label={t('opsReconciliation.acceptGap')}
                    hint={t('opsReconciliation.acceptGapHint')}
                    done={t('opsReconciliation.gapAccepted')}
                    act={(reason) =>
                      acceptStatementGap({ path: { id: row.statement_id }, body: { reason }, throwOnError: true })
                    }
                  />
                )}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function ImportPanel() {
  const { t } = useTranslation();
  const fileId = useId();
  const [file, setFile] = useState<File>();
  const [mapping, setMapping] = useState<string>();
  const mappings = useQuery({
    queryKey: ['csv-mappings'],
    queryFn: async ({ signal }) => (await listCsvMappings({ signal, throwOnError: true })).data.data,
  });
  const send = useAction(
    async (chosen: File) =>
      (
        await importStatement({
          body: chosen,
          headers: { 'Content-Type': mediaTypeOf(chosen.name) },
          ...(mapping !== undefined && { query: { mapping } }),
          throwOnError: true,
        })
      ).data,
  );
  return (
    <Panel title={t('opsReconciliation.import')}>
      <p className="muted">{t('opsReconciliation.importHint')}</p>
      <div className="filters">
        <label htmlFor={fileId}>{t('opsReconciliation.file')}</label>
        <input id={fileId} type="file" onChange={(event) => setFile(event.target.files?.[0])} />
        {file !== undefined && mediaTypeOf(file.name) === 'text/csv' && (
          <Select
            aria-label={t('opsReconciliation.mapping')}
            placeholder={t('opsReconciliation.mapping')}
            {...(mapping !== undefined && { value: mapping })}
            onChange={setMapping}
            options={(mappings.data ?? []).map(({ id, name, version }) => ({
              value: id,
              label: `${name} · ${version}`,
            }))}
            popupMatchSelectWidth={false}
          />
        )}
        <Button
          type="primary"
          disabled={file === undefined}
          loading={send.isPending}
          onClick={() => file !== undefined && send.mutate(file)}
        >
          {t('opsReconciliation.importNow')}
        </Button>
      </div>
      {send.isError && <ProblemAlert error={send.error} />}
      {send.data !== undefined &&
        ('operation_id' in send.data ? (
          <LongImport operationId={send.data.operation_id} />
        ) : (
          <ImportResult result={send.data} />
        ))}
    </Panel>
  );
}

/** A file too large to be read while somebody waits. */
function LongImport({ operationId }: { readonly operationId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['operation', operationId],
    queryFn: async ({ signal }) => (await getOperation({ path: { id: operationId }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) =>
      state.data?.state === 'done' || state.data?.state === 'failed' ? false : FOLLOW_MS,
  });
  return (
    <Loaded query={query} rows={1}>
      {(operation) => (
        <>
          <p role="status">
            <StatusTag status={operation.state} /> {operation.percent} %
          </p>
          {operation.problem !== null && (
            <p className="notice">
              {operation.problem.detail} {operation.problem.fix}
            </p>
          )}
          {operation.result !== null && <ImportResult result={operation.result} />}
          {operation.result === null && <p className="muted">{t('opsReconciliation.goOn')}</p>}
        </>
      )}
    </Loaded>
  );
}

function ImportResult({ result }: { readonly result: BankStatementImport }) {
  const { t } = useTranslation();
  const whyText = useWhyText();
  return (
    <div role="status">
      <p className={`notice ${result.unmatched_total === 0 ? 'good' : ''}`}>
        {t('opsReconciliation.imported', {
          lines: result.lines,
          matched: result.matched,
          open: result.unmatched_total,
        })}
      </p>
      <ul>
        {result.unmatched.map((line) => (
          <li key={line.line_id}>
            <MoneyCell money={line.amount} /> {whyText(line) ?? <span lang="en">{line.detail}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

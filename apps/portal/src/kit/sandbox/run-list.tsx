import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listTrainingRuns } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList } from '../data-list.js';
import { StatusTag } from '../status-tag.js';
import { useCursorList } from '../use-cursor-list.js';

/** Training where the data is: the researcher's own runs, or those on data that the reader keeps. */
export function RunList({ empty }: { readonly empty: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useCursorList(['training-runs'], ({ page, signal }) =>
    listTrainingRuns({ query: page, signal, throwOnError: true }),
  );
  return (
    <DataList
      label={t('sandbox.run.many')}
      list={list}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'run',
          title: t('sandbox.run.one'),
          cell: (row) => (
            <Link to="/sandbox/runs/$runId" params={{ runId: row.id }}>
              {row.data.table} · {row.data.label.column} <code className="muted small">{row.id.slice(-6)}</code>
            </Link>
          ),
        },
        { key: 'mode', title: t('sandbox.run.mode'), cell: (row) => t(`sandbox.run.modes.${row.mode}`) },
        { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.state} /> },
        {
          key: 'round',
          title: t('sandbox.run.round'),
          cell: (row) => t('sandbox.run.roundOf', { round: row.round, rounds: row.rounds }),
        },
        { key: 'spent', title: t('sandbox.run.spent'), cell: (row) => format.count(row.epsilon), figure: true },
      ]}
    />
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listModels } from '@hetao/client';
import { DataList } from '../data-list.js';
import { StatusTag } from '../status-tag.js';
import { useCursorList } from '../use-cursor-list.js';

/** Models that were trained where the data is: the researcher's own, or those a reviewer may decide on. */
export function ModelList({ empty }: { readonly empty: ReactNode }) {
  const { t } = useTranslation();
  const list = useCursorList(['models'], ({ page, signal }) => listModels({ query: page, signal, throwOnError: true }));
  return (
    <DataList
      label={t('sandbox.model.many')}
      list={list}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'model',
          title: t('sandbox.model.one'),
          cell: (row) => (
            <Link to="/sandbox/models/$modelId" params={{ modelId: row.id }}>
              <code>{row.id.slice(-8)}</code>
            </Link>
          ),
        },
        { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.state} /> },
        { key: 'left', title: t('sandbox.model.left'), cell: (row) => String(row.queries_left) },
      ]}
    />
  );
}

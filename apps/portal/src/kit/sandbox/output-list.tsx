import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listOutputs } from '@hetao/client';
import { DataList } from '../data-list.js';
import { StatusTag } from '../status-tag.js';
import { Time } from '../time.js';
import { useCursorList } from '../use-cursor-list.js';

/** Results that somebody asked to take out: the researcher's own, or those a reviewer may decide on. */
export function OutputList({ empty }: { readonly empty: ReactNode }) {
  const { t } = useTranslation();
  const list = useCursorList(['outputs'], ({ page, signal }) =>
    listOutputs({ query: page, signal, throwOnError: true }),
  );
  return (
    <DataList
      label={t('sandbox.outputs')}
      list={list}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'title',
          title: t('sandbox.output'),
          cell: (row) => (
            <Link to="/sandbox/outputs/$outputId" params={{ outputId: row.id }}>
              {row.title}
            </Link>
          ),
        },
        { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.state} /> },
        { key: 'since', title: t('sandbox.since'), cell: (row) => <Time at={row.changed_at} near /> },
      ]}
    />
  );
}

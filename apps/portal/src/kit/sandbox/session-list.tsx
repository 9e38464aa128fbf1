import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listPixelSessions } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList } from '../data-list.js';
import { StatusTag } from '../status-tag.js';
import { Time } from '../time.js';
import { useCursorList } from '../use-cursor-list.js';

/** Sessions that the reader has to do with, the newest first. */
export function SessionList({ empty }: { readonly empty: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useCursorList(['pixel-sessions'], ({ page, signal }) =>
    listPixelSessions({ query: page, signal, throwOnError: true }),
  );
  return (
    <DataList
      label={t('sandbox.sessions')}
      list={list}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'purpose',
          title: t('sandbox.purpose'),
          cell: (row) => (
            <Link to="/sandbox/sessions/$sessionId" params={{ sessionId: row.id }}>
              {row.purpose}
            </Link>
          ),
        },
        { key: 'person', title: t('sandbox.person'), cell: (row) => row.person_name },
        { key: 'place', title: t('sandbox.place'), cell: (row) => format.place(row.place) },
        { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.status} /> },
        { key: 'since', title: t('sandbox.since'), cell: (row) => <Time at={row.requested_at} near /> },
      ]}
    />
  );
}

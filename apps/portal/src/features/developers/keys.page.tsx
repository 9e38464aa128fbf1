import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listApiKeys, revokeApiKey, type ApiKey } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { pageState } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { ConfirmByName } from '../../kit/confirm-by-name.js';
import { CopyText } from '../../kit/copy-text.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { MakeKey } from './make-key.js';

/** Keys of machines, and the first call with one. */
export function KeysPage() {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiKey | undefined>(undefined);
  const columns = useKeyColumns(setEnding);
  const list = useCursorList(['api-keys'], ({ page, signal }) =>
    listApiKeys({ query: page, signal, throwOnError: true }),
  );
  const revoke = useAction((id: string) => revokeApiKey({ path: { id }, throwOnError: true }), {
    onDone: () => {
      setEnding(undefined);
      say(t('developers.revoked'));
    },
  });
  return (
    <Page
      title={t('nav.keys')}
      lead={t('developers.keysLead')}
      actions={
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('developers.make')}
        </Button>
      }
    >
      <Panel title={t('developers.firstCall')}>
        <CopyText text={`curl -s "${pageState.publicUrl}/v1/products?limit=3" -H "authorization: Bearer $KEY"`} />
      </Panel>
      <DataList
        label={t('nav.keys')}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty={<Empty title={t('developers.noKey')}>{t('developers.noKeyHint')}</Empty>}
      />
      <MakeKey open={making} onClose={() => setMaking(false)} />
      <ConfirmByName
        open={ending !== undefined}
        title={t('developers.revoke')}
        name={ending?.name ?? ''}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => ending !== undefined && revoke.mutate(ending.id)}
        onCancel={() => setEnding(undefined)}
      >
        <p>{t('developers.revokeHint')}</p>
      </ConfirmByName>
    </Page>
  );
}

function useKeyColumns(onRevoke: (key: ApiKey) => void): readonly Column<ApiKey>[] {
  const { t } = useTranslation();
  return [
    { key: 'name', title: t('developers.name'), cell: (row) => row.name },
    { key: 'hint', title: t('developers.hint'), cell: (row) => <code>{row.hint}</code> },
    {
      key: 'scopes',
      title: t('developers.scopes'),
      cell: (row) => <span className="small">{row.scopes.join(' · ')}</span>,
    },
    { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.status} /> },
    { key: 'used', title: t('developers.lastUsed'), cell: (row) => <Time at={row.last_used_at} /> },
    { key: 'until', title: t('contract.until'), cell: (row) => <Time at={row.expires_at} day /> },
    {
      key: 'revoke',
      title: t('developers.revoke'),
      cell: (row) =>
        row.status === 'in_force' && (
          <Button size="small" danger onClick={() => onRevoke(row)}>
            {t('developers.revoke')}
          </Button>
        ),
    },
  ];
}

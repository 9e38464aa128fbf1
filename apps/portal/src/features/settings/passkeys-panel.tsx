import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPasskeys, removePasskey, type Passkey } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ConfirmByName } from '../../kit/confirm-by-name.js';
import { Rows, type Column } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Time } from '../../kit/time.js';
import { MakePasskey } from './make-passkey.js';

/** The devices one signs in with, without a password. */
export function PasskeysPanel() {
  const { t } = useTranslation();
  const [ending, setEnding] = useState<Passkey | undefined>(undefined);
  const columns = useColumns(setEnding);
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: async ({ signal }) => (await listPasskeys({ signal, throwOnError: true })).data.data,
  });
  const remove = useAction((id: string) => removePasskey({ path: { id }, throwOnError: true }), {
    onDone: () => {
      setEnding(undefined);
      say(t('settings.passkeyRemoved'));
    },
  });
  return (
    <Panel title={t('settings.passkeys')}>
      <p>{t('settings.passkeysLead')}</p>
      <Loaded query={passkeys}>
        {(rows) =>
          rows.length > 0 && (
            <Rows label={t('settings.passkeys')} rows={rows} rowKey={(row) => row.id} columns={columns} />
          )
        }
      </Loaded>
      <MakePasskey />
      <ConfirmByName
        open={ending !== undefined}
        title={t('settings.removePasskey')}
        name={ending?.name ?? ''}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => ending !== undefined && remove.mutate(ending.id)}
        onCancel={() => setEnding(undefined)}
      >
        <p>{t('settings.removePasskeyHint')}</p>
      </ConfirmByName>
    </Panel>
  );
}

function useColumns(onRemove: (passkey: Passkey) => void): readonly Column<Passkey>[] {
  const { t } = useTranslation();
  return [
    { key: 'name', title: t('settings.passkeyName'), cell: (row) => row.name },
    { key: 'since', title: t('settings.since'), cell: (row) => <Time at={row.created_at} day /> },
    { key: 'used', title: t('settings.lastUsed'), cell: (row) => <Time at={row.last_used_at} /> },
    {
      key: 'remove',
      title: t('settings.removePasskey'),
      cell: (row) => (
        <Button size="small" danger onClick={() => onRemove(row)}>
          {t('settings.removePasskey')}
        </Button>
      ),
    },
  ];
}

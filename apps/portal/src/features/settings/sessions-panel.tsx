import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, listSessions, type Session } from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import { Rows, type Column } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Time } from '../../kit/time.js';
import { deviceOf } from './device.rules.js';

/** Where one is signed in, and the way out of there. */
export function SessionsPanel() {
  const { t } = useTranslation();
  const columns = useColumns();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await listSessions({ signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('settings.sessions')}>
      <Loaded query={sessions}>
        {(rows) => (
          <>
            <Rows label={t('settings.sessions')} rows={rows} rowKey={(row) => row.id} columns={columns} />
            {rows.length > 1 && (
              <ActButton
                label={t('settings.endOthers')}
                done={t('settings.othersEnded')}
                act={(headers) => endOtherSessions({ headers, throwOnError: true })}
              />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function useColumns(): readonly Column<Session>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'device',
      title: t('settings.device'),
      cell: (row) => (
        <>
          <DeviceName agent={row.device} /> {row.current && <strong>{t('settings.thisOne')}</strong>}
        </>
      ),
    },
    { key: 'address', title: t('settings.address'), cell: (row) => row.address },
    { key: 'seen', title: t('settings.lastUsed'), cell: (row) => <Time at={row.last_seen_at} /> },
    {
      key: 'end',
      title: t('settings.endSession'),
      cell: (row) =>
        !row.current && (
          <ActButton
            small
            label={t('settings.endSession')}
            done={t('settings.sessionEnded')}
            act={() => endSession({ path: { id: row.id }, throwOnError: true })}
          />
        ),
    },
  ];
}

/** What a session is used with, as its owner knows it; what it calls itself is told on pointing. */
function DeviceName({ agent }: { readonly agent: string }) {
  const { t } = useTranslation();
  const device = useMemo(() => deviceOf(agent), [agent]);
  return (
    <span title={agent}>{device.kind === 'named' ? device.name : t(`settings.deviceIs.${device.kind}`, device)}</span>
  );
}

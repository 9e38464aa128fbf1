import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listTeam } from '@hetao/client';
import { Rows } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Time } from '../../kit/time.js';

/** Who may act for the organisation, and in which part of its work. */
export function TeamPanel({ organisationId }: { readonly organisationId: string }) {
  const { t } = useTranslation();
  const team = useQuery({
    queryKey: ['team', organisationId],
    queryFn: async ({ signal }) =>
      (await listTeam({ path: { id: organisationId }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('settings.team')}>
      <Loaded query={team}>
        {(members) =>
          members.length === 0 ? (
            <Empty title={t('settings.noTeam')}>{t('settings.noTeamHint')}</Empty>
          ) : (
            <Rows
              label={t('settings.team')}
              rows={members}
              rowKey={(member) => member.subject}
              columns={[
                { key: 'name', title: t('settings.name'), cell: (member) => member.display_name },
                {
                  key: 'roles',
                  title: t('settings.roles'),
                  cell: (member) => member.roles.map((role) => t(`settings.role.${role}`)).join(' · '),
                },
                { key: 'since', title: t('settings.since'), cell: (member) => <Time at={member.added_at} day /> },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listComputeLicences, listPrivacyLedgers } from '@hetao/client';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { JobList } from './job-list.js';
import { LicencePanel } from './licence-panel.js';
import { ModelList } from '../../kit/sandbox/model-list.js';
import { OutputList } from '../../kit/sandbox/output-list.js';
import { RunList } from '../../kit/sandbox/run-list.js';
import { SessionList } from '../../kit/sandbox/session-list.js';

/** What a researcher computes on: licences with their grounds and what is left, sessions, jobs, results on their way out. */
export function SandboxPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['compute-licences'],
    queryFn: async ({ signal }) => {
      const [licences, ledgers] = await Promise.all([
        listComputeLicences({ query: { limit: 100 }, signal, throwOnError: true }),
        listPrivacyLedgers({ query: { limit: 100 }, signal, throwOnError: true }),
      ]);
      return { licences: licences.data.data, ledgers: ledgers.data.data };
    },
  });
  return (
    <Page title={t('sandbox.title')} lead={t('sandbox.lead')}>
      <Loaded query={query}>
        {({ licences, ledgers }) =>
          licences.length === 0 ? (
            <Panel>
              <Empty title={t('sandbox.none')} action={<Link to="/catalog">{t('home.find')}</Link>}>
                {t('sandbox.noneHint')}
              </Empty>
            </Panel>
          ) : (
            licences.map((licence) => <LicencePanel key={licence.enclave_id} licence={licence} ledgers={ledgers} />)
          )
        }
      </Loaded>
      <Panel title={t('sandbox.sessions')}>
        <SessionList empty={<Empty title={t('sandbox.noSessions')}>{t('sandbox.noSessionsHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.jobs')}>
        <JobList />
      </Panel>
      <Panel title={t('sandbox.outputs')}>
        <OutputList empty={<Empty title={t('sandbox.noOutputs')}>{t('sandbox.noOutputsHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.run.many')}>
        <RunList empty={<Empty title={t('sandbox.run.none')}>{t('sandbox.run.noneHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.model.many')}>
        <ModelList empty={<Empty title={t('sandbox.model.none')}>{t('sandbox.model.noneHint')}</Empty>} />
      </Panel>
    </Page>
  );
}

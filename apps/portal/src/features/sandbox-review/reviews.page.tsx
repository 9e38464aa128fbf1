import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/empty.js';
import { Page, Panel } from '../../kit/page.js';
import { ModelList } from '../../kit/sandbox/model-list.js';
import { OutputList } from '../../kit/sandbox/output-list.js';
import { RunList } from '../../kit/sandbox/run-list.js';
import { SessionList } from '../../kit/sandbox/session-list.js';

/** What custodians and operators look at before it opens, or leaves. */
export function ReviewsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('sandboxReview.title')} lead={t('sandboxReview.lead')}>
      <Panel title={t('sandbox.outputs')}>
        <OutputList empty={<Empty title={t('sandboxReview.none')}>{t('sandboxReview.noneHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.run.many')}>
        <RunList empty={<Empty title={t('sandbox.run.none')}>{t('sandbox.run.noneHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.model.many')}>
        <ModelList empty={<Empty title={t('sandboxReview.none')}>{t('sandboxReview.noneHint')}</Empty>} />
      </Panel>
      <Panel title={t('sandbox.sessions')}>
        <SessionList empty={<Empty title={t('sandboxReview.noSessions')}>{t('sandboxReview.noSessionsHint')}</Empty>} />
      </Panel>
    </Page>
  );
}

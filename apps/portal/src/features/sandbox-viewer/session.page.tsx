import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getPixelSession, openPixelSession, type PixelSession } from '@hetao/client';
import { isOneOf, signedIn } from '../../app/page-state.js';
import { ActButton } from '../../kit/act-button.js';
import { DetailHead } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Recording } from './recording.js';
import { SessionFacts, SessionHistory } from './session-facts.js';
import { isLive, isRecorded } from './session.rules.js';
import { SessionDecisions } from './session-decisions.js';
import { Viewer } from './viewer.js';

const route = getRouteApi('/sandbox/sessions/$sessionId');

/** One session: its screen for whom it shows to, its decisions and its recording for those who answer for the data. */
export function SessionPage() {
  const { t } = useTranslation();
  const { sessionId } = route.useParams();
  const query = useQuery({
    queryKey: ['pixel-session', sessionId],
    queryFn: async ({ signal }) =>
      (await getPixelSession({ path: { id: sessionId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={query} rows={8}>
      {(session) => (
        <Page title={session.purpose} section={t('sandbox.title')} lead={<ProductName id={session.product_id} />}>
          <DetailHead id={session.id} path={`/v1/sandbox/sessions/${session.id}`}>
            <StatusTag status={session.status} />
          </DetailHead>
          {session.person === signedIn().account_id ? (
            <Own session={session} />
          ) : (
            <SessionDecisions session={session} />
          )}
          <SessionFacts session={session} />
          <SessionHistory session={session} />
          {isRecorded(session) && isOneOf(['merchant', 'operator', 'auditor']) && <Recording sessionId={session.id} />}
        </Page>
      )}
    </Loaded>
  );
}

/** What its viewer can do with it now. */
function Own({ session }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  if (isLive(session)) return <Viewer key={session.id} session={session} />;
  const { status, id } = session;
  if (status === 'requested') return <Panel>{t('sandboxViewer.waiting')}</Panel>;
  if (status !== 'approved') {
    return <Panel>{t('sandboxViewer.over', { why: session.end_reason ?? t(`status.${status}`) })}</Panel>;
  }
  return (
    <Panel>
      <p>{t('sandboxViewer.ready')}</p>
      <ActButton
        primary
        label={t('sandboxViewer.open')}
        done={t('sandboxViewer.opened')}
        act={() => openPixelSession({ path: { id }, throwOnError: true })}
      />
    </Panel>
  );
}

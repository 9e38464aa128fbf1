import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getPixelSessionHistory, provePixelSessionViewer, unlockPixelSession, type PixelSession } from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import type { LineState } from './line.rules.js';

interface ViewerNoticeProps {
  readonly session: PixelSession;
  readonly state: LineState;
  /** The person wants the session in this window. */
  readonly onHere: () => void;
}

/** Why there is nothing to see just now, and what its viewer can do; nothing while there is. */
export function ViewerNotice({ session, state, onHere }: ViewerNoticeProps) {
  const { t } = useTranslation();
  const { status, id, thaw_votes: votes } = session;
  const why = useWhy(session);
  const call = { path: { id }, throwOnError: true } as const;
  if (state !== 'open') {
    const mayAsk = state === 'taken' || state === 'lost' || state === 'refused';
    return (
      <Notice text={t(`sandboxViewer.state.${state}`)}>
        {mayAsk && (
          <Button type="primary" onClick={onHere}>
            {t('sandboxViewer.here')}
          </Button>
        )}
      </Notice>
    );
  }
  if (status === 'idle_locked') {
    return (
      <Notice text={t('sandboxViewer.idle_locked')}>
        <ActButton
          primary
          label={t('sandboxViewer.unlock')}
          done={t('sandboxViewer.unlocked')}
          act={() => unlockPixelSession(call)}
        />
      </Notice>
    );
  }
  if (status === 'frozen') {
    return (
      <Notice text={t('sandboxViewer.frozen', { why })}>
        <p>{t('sandboxViewer.frozenHint', { count: votes.length })}</p>
        <ActButton
          primary
          label={t('sandboxViewer.prove')}
          done={t('sandboxViewer.proved')}
          act={() => provePixelSessionViewer(call)}
        />
      </Notice>
    );
  }
  // It goes on, and is seen: what is said stands above it.
  return status === 'throttled' ? (
    <p className="viewer-remark" role="status">
      {t('sandboxViewer.throttled', { why })}
    </p>
  ) : null;
}

function Notice({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="viewer-notice" role="status">
      <p>{text}</p>
      {children}
    </div>
  );
}

/** What the last step was noted with. */
function useWhy({ id, status }: PixelSession): string {
  const { data } = useQuery({
    queryKey: ['pixel-session-history', id, status],
    enabled: status === 'frozen' || status === 'throttled',
    queryFn: async ({ signal }) =>
      (await getPixelSessionHistory({ path: { id }, signal, throwOnError: true })).data.data,
  });
  return data?.findLast((deed) => deed.status === status && deed.note !== null)?.note ?? '…';
}

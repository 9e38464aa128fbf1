import { Button, Modal } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe } from '@hetao/client';
import { onSessionChange, sessionStanding } from '../api/session-clock.js';

/** Warns before the session ends, and says when it did: what was typed is kept, and one comes back to this very page. */
export function SessionNotice() {
  const { t } = useTranslation();
  const standing = useSyncExternalStore(onSessionChange, sessionStanding);
  if (standing === 'live') return null;
  const ended = standing === 'ended';
  const returnTo = `/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <Modal
      open
      closable={false}
      title={ended ? t('shell.sessionEndedTitle') : t('shell.sessionEndingTitle')}
      footer={
        ended ? (
          <Button type="primary" href={returnTo}>
            {t('shell.signInAgain')}
          </Button>
        ) : (
          <Button type="primary" onClick={() => void getMe()}>
            {t('shell.stay')}
          </Button>
        )
      }
    >
      <p>{ended ? t('shell.sessionEnded') : t('shell.sessionEnding')}</p>
    </Modal>
  );
}

import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { getMe } from '@hetao/client';

/** Warns before the session ends, and says when it did: what was typed is kept, and one comes back to this very page. */
export function SessionNotice({ standing }: { readonly standing: 'ending' | 'ended' }) {
  const { t } = useTranslation();
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

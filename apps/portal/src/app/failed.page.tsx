import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '../kit/page.js';
import { ProblemAlert } from '../kit/problem-alert.js';

/** A page that broke while it was drawn, or whose script did not come. */
export function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.failedTitle')}>
      <ProblemAlert error={error} />
      <Button type="primary" onClick={() => location.reload()}>
        {t('shell.reload')}
      </Button>
    </Page>
  );
}

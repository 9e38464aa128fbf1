import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../kit/empty.js';
import { Page } from '../kit/page.js';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.notFoundTitle')}>
      <Empty title={t('shell.notFound')} action={<Link to="/">{t('shell.toHome')}</Link>} />
    </Page>
  );
}

/** A page for people in another role. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.forbiddenTitle')}>
      <Empty title={t('shell.forbidden')} action={<Link to="/">{t('shell.toHome')}</Link>} />
    </Page>
  );
}

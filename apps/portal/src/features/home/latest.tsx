import { useTranslation } from 'react-i18next';
import { NewsList } from '../../kit/news/news-list.js';
import type { News } from '../../kit/news/news.rules.js';
import { Panel } from '../../kit/page.js';

/** As many as are read at a glance; the bell has the rest. */
const MOST = 5;

/** Last on a home page: what happened. */
export function Latest({ news }: { readonly news: readonly News[] }) {
  const { t } = useTranslation();
  if (news.length === 0) return null;
  return (
    <Panel title={t('news.latest')}>
      <NewsList news={news.slice(0, MOST)} />
    </Panel>
  );
}

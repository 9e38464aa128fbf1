import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { queues, type Queue } from '../inbox/queues.js';
import { ProductName } from '../names.js';
import { Time } from '../time.js';
import type { News } from './news.rules.js';

interface NewsListProps {
  readonly news: readonly News[];
  /** What happened after this is marked; ISO 8601. */
  readonly since?: string;
}

/** What happened, to what, and when; each line leads there. */
export function NewsList({ news, since }: NewsListProps) {
  const kindWord = useKindWord();
  return (
    <ul className="news">
      {news.map((item) => (
        <li key={item.key} className={isAfter(item.at, since) ? 'unread' : undefined}>
          <Link {...item.to}>
            <span>
              {kindWord(item.kind)} {item.number}
            </span>
            <span className="muted small">
              <About news={item} />
              <Time at={item.at} near />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What it happened to. */
function About({ news: { productId, title } }: { readonly news: News }) {
  const format = useFormat();
  if (productId !== undefined) {
    return (
      <>
        <ProductName id={productId} />
        {' · '}
      </>
    );
  }
  if (title === undefined) return null;
  return <>{typeof title === 'string' ? title : format.text(title)} · </>;
}

function isAfter(at: string, since: string | undefined): boolean {
  return since !== undefined && Date.parse(at) > Date.parse(since);
}

function useKindWord(): (kind: News['kind']) => string {
  const { t } = useTranslation();
  return (kind) => (isQueue(kind) ? t(`opsInbox.queues.${kind}`) : t(`news.kind.${kind}`));
}

const isQueue = (kind: string): kind is Queue => queues.some((queue) => queue === kind);

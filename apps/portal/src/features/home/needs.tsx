import { Link, type LinkProps } from '@tanstack/react-router';
import { RightOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/empty.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import type { Tone } from '../../kit/status.js';

/** One thing that waits for this person. */
export interface Need {
  readonly key: string;
  /** In how many cases; nothing is shown for none. */
  readonly count: number;
  readonly title: string;
  readonly hint: string;
  readonly tone: Tone;
  readonly to: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

/** First on every home page: what cannot go on without this person. */
export function Needs({ needs, pending }: { readonly needs: readonly Need[]; readonly pending: boolean }) {
  const { t } = useTranslation();
  const open = needs.filter(({ count }) => count > 0);
  return (
    <Panel title={t('home.needsTitle')}>
      {pending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {!pending && open.length === 0 && <Empty title={t('home.nothing')}>{t('home.nothingHint')}</Empty>}
      <ul className="needs">
        {open.map((need) => (
          <li key={need.key}>
            <Link {...need.to}>
              <Tag tone={need.tone}>{String(need.count)}</Tag>
              <span className="needs-text">
                <strong>{need.title}</strong>
                <span className="muted">{need.hint}</span>
              </span>
              <RightOutlined aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface NumberCardProps {
  readonly name: string;
  readonly figure: string | undefined;
  /** Where what was counted is listed. */
  readonly to?: Need['to'];
}

/** A figure with its name, and where it comes from. */
export function NumberCard({ name, figure, to }: NumberCardProps) {
  return (
    <div className="number-card">
      <div className="figure">{figure ?? '…'}</div>
      <p>{to === undefined ? name : <Link {...to}>{name}</Link>}</p>
    </div>
  );
}

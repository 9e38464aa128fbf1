import { CodeOutlined } from '@ant-design/icons';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pageState } from '../app/page-state.js';
import { CopyText } from './copy-text.js';

/** What every object has under its name: its state, its id to copy, and the call that reads it. */
export function DetailHead({
  id,
  path,
  children,
}: {
  readonly id: string;
  /** As the API has it: `/v1/invoices/inv_…`. */
  readonly path: string;
  /** State and the few facts that matter first. */
  readonly children?: ReactNode;
}) {
  return (
    <div className="detail-head">
      {children}
      <CopyText text={id} short />
      <AsCurl path={path} />
    </div>
  );
}

/** The same as a command: nobody has to guess how the page is made. */
export function AsCurl({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const popover = useId();
  const command = `curl -s '${pageState.publicUrl}${path}' -H "authorization: Bearer $KEY"`;
  return (
    <>
      <button type="button" className="quiet" popoverTarget={popover}>
        <CodeOutlined aria-hidden /> {t('kit.asCurl')}
      </button>
      <div id={popover} popover="auto" className="popover curl">
        <CopyText text={command} />
        <p className="muted">
          <a href="/developers/keys">{t('kit.keyHint')}</a>
        </p>
      </div>
    </>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Facts about one thing, each with its name. */
export function Facts({ facts }: { readonly facts: readonly (Fact | false | undefined)[] }) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

export interface TimelineEntry {
  readonly key: string;
  readonly at: ReactNode;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: 'good' | 'bad' | 'waiting';
}

/** What happened, in its order. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.key} className={entry.tone && `tone-${entry.tone}`}>
          <span className="timeline-at">{entry.at}</span>
          <span className="timeline-title">{entry.title}</span>
          {entry.detail !== undefined && <div className="muted">{entry.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

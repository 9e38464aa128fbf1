import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ToldProps {
  /** What a service says, in its own English. */
  readonly text: string;
  /** The same in the reader's language; nothing where no page has words for it. */
  readonly children: ReactNode;
}

/** What a service says in the reader's language, and on a click in its own words: in these alone where it must be. */
export function Told({ text, children }: ToldProps) {
  const { t } = useTranslation();
  const own = (
    <p lang="en" className="long-text">
      {text}
    </p>
  );
  if (children === undefined) return own;
  return (
    <>
      <div>{children}</div>
      <details className="muted">
        <summary>{t('problem.asTold')}</summary>
        {own}
      </details>
    </>
  );
}

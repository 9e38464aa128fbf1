import type { ReactNode } from 'react';

/** Nothing here yet: says why, and what to do next. */
export function Empty({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true">
        <path d="M6 30 12 12h24l6 18v8H6z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
        <path d="M6 30h11l2 4h10l2-4h11" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      </svg>
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="muted">{children}</div>}
      {action}
    </div>
  );
}

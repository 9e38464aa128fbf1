import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PageProps {
  /** The object: a product's name, or the section itself. */
  readonly title: string;
  /** The section, when the title is an object in it. */
  readonly section?: string;
  /** One sentence that says what one does here. */
  readonly lead?: ReactNode;
  /** At most one primary button. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One page: its title in the tab and as the one h1, its actions, its content. */
export function Page({ title, section, lead, actions, children }: PageProps) {
  const { t } = useTranslation();
  const name = section === undefined ? title : `${title} · ${section}`;
  const brand = t('shell.brand');
  useEffect(() => {
    document.title = `${name} · ${brand}`;
  }, [name, brand]);
  return (
    <>
      <header className="page-head">
        <div>
          {section !== undefined && <p className="eyebrow">{section}</p>}
          <h1>{title}</h1>
          {lead !== undefined && <div className="lead">{lead}</div>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page with a heading of its own. */
export function Panel({
  title,
  extra,
  children,
  className = '',
}: {
  readonly title?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={`panel ${className}`}>
      {(title !== undefined || extra !== undefined) && (
        <div className="panel-head">
          {title !== undefined && <h2>{title}</h2>}
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}

import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouterState } from '@tanstack/react-router';
import { navigationFor } from './navigation.js';
import { pageState } from './page-state.js';

/** The button of narrow screens opens it by this name. */
export const NAVIGATION_ID = 'navigation';

/** The places of whoever is signed in: a column beside the page, and a sheet on a narrow screen. */
export function SideNav() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const sheet = document.getElementById(NAVIGATION_ID);
    if (sheet?.matches(':popover-open')) sheet.hidePopover();
  }, [path]);
  const groups = navigationFor(pageState.me?.personas ?? []);
  // A place that has others below it is not where one is when one is there.
  const hasPlacesBelow = (place: string) =>
    groups.some(({ places }) => places.some(({ to }) => to !== place && to.startsWith(place.replace(/\/?$/, '/'))));
  const list = groups.map((group) => (
    <div key={group.title} className="nav-group">
      {group.title !== 'work' && <p className="nav-title">{t(`nav.${group.title}`)}</p>}
      <ul>
        {group.places.map(({ to, label, Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: hasPlacesBelow(to), includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon aria-hidden /> <span>{t(`nav.${label}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
  return (
    <>
      <nav className="side" aria-label={t('shell.menu')}>
        {list}
      </nav>
      <nav id={NAVIGATION_ID} popover="auto" className="sheet" aria-label={t('shell.menu')}>
        {list}
      </nav>
    </>
  );
}

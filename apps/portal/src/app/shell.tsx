import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from 'antd';
import { onSessionChange, sessionStanding } from '../api/session-clock.js';
import { accessTo } from './access.js';
import { Header } from './header.js';
import { Forbidden } from './not-found.page.js';
import { pageState } from './page-state.js';
import { SideNav } from './side-nav.js';
import { Toasts } from './toasts.js';
import { useTourStanding } from './tour/tour.store.js';

/** Seen by few, and with a window's weight: it comes when it is needed. */
const SessionNotice = lazy(async () => ({ default: (await import('./session-notice.js')).SessionNotice }));

/** Seen once by most. */
const Tour = lazy(async () => ({ default: (await import('./tour/tour.js')).Tour }));

/** What stays while pages change: header, navigation, notices. */
export function Shell() {
  const { t } = useTranslation();
  const standing = useSyncExternalStore(onSessionChange, sessionStanding);
  const tour = useTourStanding();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const first = useRef(true);
  useEffect(() => {
    // A new page is a new place: the reader of the screen starts at its heading (not on the very first one).
    if (!first.current) main.current?.focus({ preventScroll: true });
    if (path !== undefined) first.current = false;
  }, [path]);
  return (
    <div className={pageState.me === null ? 'shell stranger' : 'shell'}>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Header />
      {pageState.me !== null && <SideNav />}
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
          <Admitted />
        </Suspense>
      </main>
      <Toasts />
      {pageState.me !== null && typeof tour === 'number' && (
        <Suspense>
          <Tour at={tour} />
        </Suspense>
      )}
      {standing !== 'live' && (
        <Suspense>
          <SessionNotice standing={standing} />
        </Suspense>
      )}
    </div>
  );
}

/** The page, for those it is for. */
function Admitted() {
  const matches = useMatches();
  const access = accessTo(matches.at(-1)?.staticData.audience, pageState.me?.personas);
  useEffect(() => {
    if (access !== 'sign-in') return;
    location.replace(`/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`);
  }, [access]);
  if (access === 'sign-in') return <Skeleton active />;
  return access === 'forbidden' ? <Forbidden /> : <Outlet />;
}

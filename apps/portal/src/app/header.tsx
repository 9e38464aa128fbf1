import {
  DownOutlined,
  LogoutOutlined,
  MenuOutlined,
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '@hetao/kernel';
import { switchLanguage } from '../i18n/i18n.js';
import { forgetAllDrafts } from '../kit/draft.js';
import { switchScheme, useDark } from './colour-scheme.js';
import { isOneOf, pageState, type Me } from './page-state.js';
import { NAVIGATION_ID } from './side-nav.js';
import { startTour } from './tour/tour.store.js';

/** It reads lists of its own, after the page has. */
const Bell = lazy(async () => ({ default: (await import('./bell.js')).Bell }));

const LANGUAGES: readonly { readonly code: Language; readonly name: string; readonly short: string }[] = [
  { code: 'en', name: 'English', short: 'EN' },
  { code: 'zh-Hans', name: '简体中文', short: '简' },
  { code: 'zh-Hant', name: '繁體中文', short: '繁' },
];

/** The same on every page: where one is, who one is, language and light. */
export function Header() {
  const { t } = useTranslation();
  const { me } = pageState;
  return (
    <header className="top">
      {me !== null && (
        <button
          type="button"
          className="icon-button menu-button"
          popoverTarget={NAVIGATION_ID}
          aria-label={t('shell.menu')}
        >
          <MenuOutlined aria-hidden />
        </button>
      )}
      <Link to="/" className="brand" reloadDocument={me === null}>
        <img src="/assets/icon.svg" alt="" width="28" height="28" />
        <span>{t('shell.brand')}</span>
      </Link>
      {pageState.demo && <span className="demo-mark">{t('shell.demo')}</span>}
      {isOneOf(['buyer', 'merchant', 'operator', 'auditor']) && <SearchBox />}
      <span className="spacer" />
      <LanguageSwitch />
      <SchemeSwitch />
      {me !== null && isOneOf(['buyer', 'merchant', 'operator']) && (
        <Suspense>
          <Bell accountId={me.account_id} />
        </Suspense>
      )}
      {me === null ? <SignIn /> : <AccountMenu me={me} />}
    </header>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const composing = useRef(false);
  return (
    <search>
      <form
        className="top-search"
        onSubmit={(event) => {
          event.preventDefault();
          if (composing.current) return;
          const q = new FormData(event.currentTarget).get('q');
          void navigate({ to: '/catalog', search: typeof q === 'string' && q.trim() !== '' ? { q: q.trim() } : {} });
        }}
      >
        <SearchOutlined aria-hidden />
        <input
          name="q"
          type="search"
          aria-label={t('shell.search')}
          placeholder={t('shell.search')}
          maxLength={100}
          onCompositionStart={() => (composing.current = true)}
          onCompositionEnd={() => (composing.current = false)}
        />
      </form>
    </search>
  );
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <nav className="languages" aria-label={t('shell.language')}>
      {LANGUAGES.map(({ code, name, short }) => (
        <button
          key={code}
          type="button"
          className="quiet"
          lang={code}
          title={name}
          aria-current={i18n.language === code}
          onClick={() => void switchLanguage(code)}
        >
          {short}
        </button>
      ))}
    </nav>
  );
}

function SchemeSwitch() {
  const { t } = useTranslation();
  const dark = useDark();
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('shell.theme')}
      title={t('shell.theme')}
      onClick={switchScheme}
    >
      {dark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
    </button>
  );
}

function SignIn() {
  const { t } = useTranslation();
  return (
    <a className="button" href={`/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`}>
      {t('shell.signIn')}
    </a>
  );
}

function AccountMenu({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className="quiet account-button" popoverTarget="account-menu">
        <span className={`avatar ${me.personas[0] ?? ''}`} aria-hidden="true">
          {[...me.display_name][0]}
        </span>
        <span className="account-name">{me.display_name}</span>
        <DownOutlined aria-hidden />
      </button>
      <div id="account-menu" popover="auto" className="popover account-menu">
        <p className="account-line">
          <strong>{me.display_name}</strong>
          <span className="muted">{me.email}</span>
          <span className="muted">{me.personas.map((persona) => t(`persona.${persona}`)).join(' · ')}</span>
        </p>
        <Link to="/settings">{t('nav.settings')}</Link>
        <button type="button" popoverTarget="account-menu" popoverTargetAction="hide" onClick={() => startTour()}>
          {t('tour.start')}
        </button>
        <a href="/docs">{t('shell.apiReference')}</a>
        {pageState.demo && <PersonaSwitch me={me} />}
        <form method="post" action="/sign-out" onSubmit={() => forgetAllDrafts(localStorage)}>
          <input type="hidden" name="csrf_token" value={me.csrf_token} />
          <button type="submit">
            <LogoutOutlined aria-hidden /> {t('shell.signOut')}
          </button>
        </form>
      </div>
    </>
  );
}

/** In a demonstration one click takes another person's place. */
function PersonaSwitch({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const others = pageState.people.filter((person) => person.id !== me.account_id);
  return (
    <form method="post" action="/portal/persona" className="persona-switch">
      <p className="muted">
        <UserSwitchOutlined aria-hidden /> {t('shell.switchPersona')}
      </p>
      <input type="hidden" name="csrf_token" value={me.csrf_token} />
      <div className="people">
        {others.map((person) => (
          <button key={person.id} type="submit" name="account_id" value={person.id}>
            <span className={`avatar ${person.personas[0] ?? ''}`} aria-hidden="true">
              {[...person.display_name][0]}
            </span>
            <span>
              {person.display_name}
              <span className="muted">{person.personas.map((persona) => t(`persona.${persona}`)).join(' · ')}</span>
            </span>
          </button>
        ))}
      </div>
    </form>
  );
}

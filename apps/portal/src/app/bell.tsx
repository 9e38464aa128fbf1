import { BellOutlined } from '@ant-design/icons';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useState, type ToggleEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { NewsList } from '../kit/news/news-list.js';
import { countNew } from '../kit/news/news.rules.js';
import { useNews } from '../kit/news/use-news.js';
import { kept, keep } from './browser-memory.js';

/** As many as one reads through; the lists have the rest. */
const MOST = 12;
const MOST_COUNTED = 9;
const PANEL_ID = 'news';

/** What is new since somebody last looked here; looking is reading. */
export function Bell({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const key = `hetao-news-seen:${accountId}`;
  const [seen, setSeen] = useState(() => kept(key) ?? '');
  const [open, setOpen] = useState(false);
  const news = useNews();
  const fresh = countNew(news, seen);
  const shown = fresh > MOST_COUNTED ? `${MOST_COUNTED}+` : String(fresh);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const panel = document.getElementById(PANEL_ID);
    if (panel?.matches(':popover-open')) panel.hidePopover();
  }, [path]);
  const onToggle = (event: ToggleEvent) => {
    const opened = event.newState === 'open';
    setOpen(opened);
    const newest = news[0]?.at;
    // What is new stays marked as long as it is looked at.
    if (opened || newest === undefined) return;
    keep(key, newest);
    setSeen(newest);
  };
  return (
    <>
      <button
        type="button"
        className="icon-button bell"
        popoverTarget={PANEL_ID}
        aria-label={fresh === 0 ? t('news.bell') : `${t('news.bell')}: ${t('news.fresh', { shown })}`}
      >
        <BellOutlined aria-hidden />
        {fresh > 0 && (
          <span className="bell-count" aria-hidden="true">
            {shown}
          </span>
        )}
      </button>
      <div id={PANEL_ID} popover="auto" className="popover account-menu" onToggle={onToggle}>
        <p className="account-line">
          <strong>{t('news.bell')}</strong>
          {news.length === 0 && <span className="muted">{t('news.noneHint')}</span>}
        </p>
        {open && <NewsList news={news.slice(0, MOST)} since={seen || EVER} />}
        <Link to="/">{t('news.all')}</Link>
      </div>
    </>
  );
}

/** Before anything happened: for whoever never looked, everything is new. */
const EVER = '1970-01-01T00:00:00Z';

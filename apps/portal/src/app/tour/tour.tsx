import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { signedIn } from '../page-state.js';
import { cardsFor } from './tour.rules.js';
import { endTour, goToCard } from './tour.store.js';
import './tour.css';

/** One card beside the page it is about; the page stays usable, and Escape ends the tour. */
export function Tour({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const cards = cardsFor(signedIn().personas);
  const card = cards[at];
  const page = card?.page;
  useEffect(() => {
    if (page === undefined) return;
    void navigate({ to: page }).then(() => heading.current?.focus());
  }, [page, navigate]);
  useEffect(() => {
    document.documentElement.dataset['touring'] = '';
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && endTour();
    document.addEventListener('keydown', onKey);
    return () => {
      delete document.documentElement.dataset['touring'];
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  if (card === undefined) return null;
  const isLast = at === cards.length - 1;
  return (
    <aside className="tour" aria-label={t('tour.start')}>
      <p className="muted small">{t('tour.of', { step: at + 1, all: cards.length })}</p>
      <h2 ref={heading} tabIndex={-1}>
        {t(`tour.card.${card.says}.title`)}
      </h2>
      <p>{t(`tour.card.${card.says}.text`)}</p>
      <div className="actions">
        {!isLast && (
          <button type="button" className="quiet" onClick={endTour}>
            {t('tour.skip')}
          </button>
        )}
        {at > 0 && (
          <button type="button" className="button second" onClick={() => goToCard(at - 1)}>
            {t('tour.back')}
          </button>
        )}
        <button type="button" className="button" onClick={() => (isLast ? endTour() : goToCard(at + 1))}>
          {isLast ? t('tour.finish') : t('tour.next')}
        </button>
      </div>
    </aside>
  );
}

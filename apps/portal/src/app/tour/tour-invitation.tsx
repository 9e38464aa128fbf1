import { useTranslation } from 'react-i18next';
import { endTour, startTour, useTourStanding } from './tour.store.js';

/** Offered once, on the home page, to whoever never saw the tour. */
export function TourInvitation() {
  const { t } = useTranslation();
  if (useTourStanding() !== undefined) return null;
  return (
    <div className="notice calm tour-invitation">
      <span>{t('tour.invite')}</span>
      <button type="button" className="button second" onClick={startTour}>
        {t('tour.start')}
      </button>
      <button type="button" className="quiet" onClick={endTour}>
        {t('tour.decline')}
      </button>
    </div>
  );
}

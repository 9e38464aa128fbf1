import { useTranslation } from 'react-i18next';
import { Page } from '../../kit/page.js';
import { FeeTrial } from './fee-trial.js';
import { ExchangeRates, TaxRates } from './rates.js';
import './fees.css';

/** What the exchange takes and by which rates it reckons: tried out first, then to be read. */
export function FeesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.fees')} lead={t('opsFees.lead')}>
      <FeeTrial />
      <TaxRates />
      <ExchangeRates />
    </Page>
  );
}

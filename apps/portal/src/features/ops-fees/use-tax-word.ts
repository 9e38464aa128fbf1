import { useTranslation } from 'react-i18next';
import type { TaxRate } from '@hetao/client';
import type { taxRates } from '../../locales/en/tax-rates.js';

type Known = keyof typeof taxRates;

/** What a tax or its law is called in the reader's language; a rate of later days is called as settlement calls it. */
export function useTaxWord(): (rate: TaxRate, of: 'name' | 'source') => string {
  const { t, i18n } = useTranslation();
  return (rate, of) => {
    const name = `taxRates.${rate.id as Known}.${of}` as const;
    return i18n.exists(name as string) ? t(name) : rate[of];
  };
}

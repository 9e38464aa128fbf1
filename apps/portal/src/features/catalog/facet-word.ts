import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import type { catalog } from '../../locales/en/catalog.js';
import type { Facet } from './facets.rules.js';

type Worded = keyof typeof catalog.value;

/** A value of a facet in the reader's words: places by their names, all else from our own list. */
export function useFacetWord(): (facet: Facet, value: string) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (facet, value) => {
    if ((facet === 'stored_in' || facet === 'coverage') && /^[A-Z]{2}$/.test(value)) return format.place(value);
    const name = `${facet === 'coverage' ? 'place' : facet}_${value}` as Worded;
    return i18n.exists(`catalog.value.${name}`) ? t(`catalog.value.${name}`) : value;
  };
}

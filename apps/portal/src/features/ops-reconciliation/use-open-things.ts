import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { moneyOf, written, type Said, type Ways } from '../../kit/said.rules.js';
import { openThings, type CloseCheck, type CloseWord } from './close-check.rules.js';
import type { Station } from './reconciliation.rules.js';
import './close-words.js';

/** What a check of the close found open, in the reader's language; undefined where only its own words can tell. */
export function useOpenThings(): (item: CloseCheck) => readonly string[] | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const station = (term: string) => t(`opsReconciliation.station.${term as Station}`);
  const ways: Ways = {
    time: format.time,
    day: format.day,
    count: format.count,
    expected: format.count,
    arrived: format.count,
    amount: (text) => format.money(moneyOf(text)),
    left: station,
    right: station,
  };
  const say = ({ word, values }: Said<CloseWord>) => t(`closeCheck.${word}`, written(values, ways));
  return (item) => openThings(item)?.map(say);
}

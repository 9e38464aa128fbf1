import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { written, type Said } from '../../kit/said.rules.js';
import type { alarms } from '../../locales/en/alarms.js';
import type { AlarmWord } from './alarm.rules.js';
import './alarm-words.js';

const FIGURES = [
  ...['balance', 'version', 'entries', 'sum', 'debit', 'credit', 'openDebit', 'openCredit', 'books', 'other'],
  ...['place', 'segment', 'size', 'before', 'latest', 'signed', 'needed'],
];

/** What an alarm says, in the reader's language. */
export function useAlarmWords(): (said: Said<AlarmWord>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const ways = { month: format.month, ...Object.fromEntries(FIGURES.map((name) => [name, format.count])) };
  return ({ word, values }) => t(`alarms.said.${word}`, written(values, ways));
}

/** Which rule of the books is broken, in the reader's language; undefined for one of later days. */
export function useAlarmTitle(): (code: string) => string | undefined {
  const { t, i18n } = useTranslation();
  return (code) => {
    const name = `alarms.title.${code as keyof typeof alarms.title}` as const;
    return i18n.exists(name as string) ? t(name) : undefined;
  };
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, LocalizedText } from '@hetao/kernel';
import * as format from './format.js';

/** Figures, dates and texts in the reader's language. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  return useMemo(
    () => ({
      language,
      count: (value: number | string) => format.countText(value, language),
      compact: (value: number) => format.compactText(value, language),
      share: (value: number) => format.shareText(value, language),
      day: (instant: string) => format.dayText(instant, language),
      time: (instant: string) => format.timeText(instant, language),
      month: (month: string) => format.monthText(month, language),
      distance: (instant: string) => format.distanceText(instant, Date.now(), language),
      bytes: (bytes: number) => format.bytesText(bytes, language),
      languageName: (code: string) => format.languageText(code, language),
      place: (code: string) => format.placeText(code, language),
      text: (text: LocalizedText) => format.textIn(text, language),
      money: format.moneyText,
    }),
    [language],
  );
}

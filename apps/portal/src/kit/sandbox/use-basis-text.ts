import { useTranslation } from 'react-i18next';
import type { sandbox } from '../../locales/en/sandbox.js';

/** A legal basis in words, with the number it is filed under; a kind this page does not know stays as it is. */
export function useBasisText(): (basis: { readonly kind: string; readonly reference: string }) => string {
  const { t, i18n } = useTranslation();
  return ({ kind, reference }) => {
    const isKnown = i18n.exists(`sandbox.basisKind.${kind}`);
    const word = isKnown ? t(`sandbox.basisKind.${kind as keyof typeof sandbox.basisKind}`) : kind;
    return `${word} · ${reference}`;
  };
}

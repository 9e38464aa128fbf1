import { useTranslation } from 'react-i18next';
import { undoneFor, whyOf, type Unmatched } from './reconciliation.rules.js';

/** Why a bank line waits, in the reader's language; undefined for a reason that only its own words can tell. */
export function useWhyText(): (line: Unmatched) => string | undefined {
  const { t } = useTranslation();
  return (line) => {
    const why = whyOf(line);
    return why && t(`opsReconciliation.why.${why}`, { note: undoneFor(line) });
  };
}

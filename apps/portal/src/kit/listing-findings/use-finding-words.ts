import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { written, type Said, type Ways } from '../said.rules.js';
import { lawsOf, readFinding, readRefusal, type FindingWord, type ListingFinding } from './finding.rules.js';
import './finding-words.js';

/** What the automatic checks say, in the reader's language; undefined where only their own words can tell. */
export function useFindingWords(): {
  readonly finding: (finding: ListingFinding) => string | undefined;
  readonly refusal: (reason: string) => string | undefined;
  readonly law: (article: string) => string;
} {
  const { t } = useTranslation();
  const format = useFormat();
  const wordOr = useWordOr();
  const ways: Ways = {
    day: format.day,
    language: format.languageName,
    paper: (kind) => wordOr(`listing.value.document_${kind}`, kind),
    section: (name) => wordOr(`listingFindings.section.${name}`, name),
    dimensions: (names) =>
      new Intl.ListFormat(format.language).format(
        names.split(', ').map((name) => wordOr(`listing.value.dimension_${name}`, name)),
      ),
  };
  const say = ({ word, values }: Said<FindingWord>) => t(`listingFindings.said.${word}`, written(values, ways));
  return {
    finding: (finding) => told(readFinding(finding), say),
    refusal: (reason) => told(readRefusal(reason), say),
    law: (article) =>
      lawsOf(article)
        .map(({ name, text }) => wordOr(`listingFindings.law.${name}`, text))
        .join(' · '),
  };
}

function told(said: Said<FindingWord> | undefined, say: (said: Said<FindingWord>) => string): string | undefined {
  return said && say(said);
}

/** The word of a name that the catalog may lengthen its list by; the name itself until there is one. */
function useWordOr(): (key: string, name: string) => string {
  const { t, i18n } = useTranslation();
  return (key, name) => (i18n.exists(key) ? t(key as 'listing.title') : name);
}

import './declare-words.js';
import { useTranslation } from 'react-i18next';
import type { CustomsFinding } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { placeOf, type FieldWord } from './place.rules.js';
import { useActiveRules } from './use-active-rules.js';

/** What a place of a declaration is called: of its form, of the questions of the rules, or of its papers. */
export function useAboutWord(finding: CustomsFinding | undefined): (pointer: string) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { data: rules } = useActiveRules();
  const papers = finding === undefined ? [] : [finding.requirement, ...finding.alternatives];
  return (pointer) => {
    const [root, key = ''] = pointer.split('/').slice(1);
    if (key === '') return t('declare.supplement.whole');
    if (root === 'documents') {
      const paper = papers.flatMap((way) => way?.documents ?? []).find(({ id }) => id === key);
      return paper === undefined ? key : format.text(paper.text);
    }
    const fact = root === 'facts' ? rules?.facts.find((asked) => asked.key === key) : undefined;
    if (fact !== undefined) return format.text(fact.question);
    const place = placeOf(pointer);
    if (place?.section !== undefined) return t(`declare.section.${place.section}`);
    const word = `declare.field.${place?.word ?? ''}`;
    if (!i18n.exists(word)) return pointer;
    const row = place?.row === undefined ? '' : ` (${place.row + 1})`;
    return t(word as `declare.field.${FieldWord}`) + row;
  };
}

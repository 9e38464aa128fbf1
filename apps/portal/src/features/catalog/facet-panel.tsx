import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProductFacets } from '@hetao/client';
import { listOf } from '../../app/search.js';
import { useFormat } from '../../i18n/use-format.js';
import { facets, toggled, type CatalogSearch, type Facet } from './facets.rules.js';
import { useFacetWord } from './facet-word.js';

interface FacetPanelProps {
  readonly facets: ProductFacets | undefined;
  readonly search: CatalogSearch;
  readonly onChange: (next: CatalogSearch) => void;
}

/** Facets with their counts. A value that would find nothing is not offered, unless it is chosen. */
export function FacetPanel({ facets: counts, search, onChange }: FacetPanelProps) {
  const { t } = useTranslation();
  return (
    <search className="facets" aria-label={t('kit.filters')}>
      {facets.map((facet) => (
        <FacetGroup
          key={facet}
          facet={facet}
          counts={counts?.[facet] ?? []}
          chosen={listOf(search[facet])}
          onToggle={(value) => onChange(toggled(search, facet, value))}
        />
      ))}
    </search>
  );
}

function FacetGroup({
  facet,
  counts,
  chosen,
  onToggle,
}: {
  readonly facet: Facet;
  readonly counts: readonly { readonly value: string; readonly count: number }[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useFacetWord();
  const offered = counts.filter(({ value, count }) => count > 0 || chosen.includes(value));
  if (offered.length === 0) return null;
  return (
    <fieldset>
      <legend>{t(`catalog.facet.${facet}`)}</legend>
      {offered.map(({ value, count }) => (
        <Checkbox key={value} checked={chosen.includes(value)} onChange={() => onToggle(value)}>
          {word(facet, value)} <span className="muted">{format.count(count)}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

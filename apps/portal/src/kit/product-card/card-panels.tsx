import { useTranslation } from 'react-i18next';
import type { ProductCard } from '@hetao/client';
import { Rows } from '../data-list.js';
import { Timeline } from '../detail.js';
import { Time } from '../time.js';

type Part<K extends keyof ProductCard> = NonNullable<ProductCard[K]>;

/** A few rows, and how they were made: never live rows of restricted data. */
export function SamplePanel({ sample }: { readonly sample: Part<'sample'> }) {
  const { t } = useTranslation();
  const rows = sample.rows.map((cells, index) => ({ key: String(index), cells }));
  return (
    <>
      <p className="notice calm">
        {t(`product.sample.${sample.origin}`)} {sample.made_by}
      </p>
      <section className="scroll" tabIndex={0} aria-label={t('product.tab.sample')}>
        <Rows
          label={t('product.tab.sample')}
          rows={rows}
          rowKey={(row) => row.key}
          columns={sample.columns.map((name, index) => ({
            key: name,
            title: name,
            cell: (row: (typeof rows)[number]) => row.cells[index] ?? <span className="muted">–</span>,
          }))}
        />
      </section>
    </>
  );
}

/** Quality as somebody named has measured it (GB/T 36344-2018): no word without a report behind it. */
export function QualityPanel({ quality }: { readonly quality: Part<'quality'> }) {
  const { t } = useTranslation();
  return (
    <Rows
      label={t('product.tab.quality')}
      rows={quality}
      rowKey={(row) => row.dimension}
      columns={[
        {
          key: 'dimension',
          title: t('product.quality.dimension'),
          cell: (row) => t(`product.quality.${row.dimension}`),
        },
        { key: 'score', title: t('product.quality.score'), cell: (row) => row.score, figure: true },
        { key: 'method', title: t('product.quality.method'), cell: (row) => row.method },
        { key: 'assessor', title: t('product.quality.assessor'), cell: (row) => row.assessor },
        { key: 'date', title: t('product.quality.date'), cell: (row) => <Time at={row.assessed_on} day /> },
      ]}
    />
  );
}

/** Where it comes from, and what was done to it on the way. */
export function LineagePanel({ provenance }: { readonly provenance: Part<'provenance'> }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="long-text">
        <strong>{t(`product.source.${provenance.source}`)}</strong> {provenance.statement}
      </p>
      <Timeline
        entries={[
          ...provenance.upstream.map((upstream) => ({
            key: upstream.id,
            at: upstream.holder,
            title: upstream.name,
            detail: upstream.licence,
          })),
          ...provenance.steps.map((step) => ({ key: step.id, at: step.from.join(', '), title: step.description })),
        ]}
      />
    </>
  );
}

/** The licence as three lists: what one may, may not and must. */
export function LicencePanel({ licence }: { readonly licence: Part<'licence'> }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{licence.title}</h3>
      <div className="three">
        {(['may', 'may_not', 'must'] as const).map((list) => (
          <section key={list}>
            <h4>{t(`product.licence.${list}`)}</h4>
            <ul>
              {licence[list].map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

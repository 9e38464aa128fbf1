import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getExportReadiness, getParticipant, type ExportReadiness, type Product } from '@hetao/client';
import { pageState, signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import type { Tone } from '../../kit/status.js';
import { Time } from '../../kit/time.js';

const PLACES = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US', 'OTHER'] as const;
type PlaceCode = (typeof PLACES)[number];

const TONES = {
  free: 'good',
  after_procedure: 'waiting',
  depends: 'warn',
  person_decides: 'warn',
  no: 'bad',
} as const satisfies Record<ExportReadiness['answer'], Tone>;

/** Whether this buyer, where they sit, gets this product across the border: how, with what, in how many days. */
export function ExportReadinessPanel({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ofMarket = signedIn().organisation_id !== pageState.exchangeId;
  const home = useQuery({
    queryKey: ['my-organisation'],
    enabled: ofMarket,
    queryFn: async ({ signal }) =>
      (await getParticipant({ path: { id: signedIn().organisation_id }, signal, throwOnError: true })).data,
    retry: false,
  });
  const [chosen, choose] = useState<PlaceCode | undefined>(undefined);
  // Operators and auditors have no seat on the market; they look from Hong Kong.
  const place = chosen ?? home.data?.jurisdiction ?? (home.isError || !ofMarket ? 'HK' : undefined);
  const readiness = useQuery({
    queryKey: ['export-readiness', product.id, place],
    enabled: place !== undefined,
    queryFn: async ({ signal }) =>
      (
        await getExportReadiness({
          path: { id: product.id },
          query: { buyer_place: place ?? 'HK' },
          signal,
          throwOnError: true,
        })
      ).data,
  });
  return (
    <Panel
      title={t('readiness.title')}
      extra={
        <Select
          aria-label={t('readiness.place')}
          value={place}
          options={PLACES.map((code) => ({
            value: code,
            label: code === 'OTHER' ? t('catalog.value.place_other') : format.place(code),
          }))}
          onChange={choose}
          popupMatchSelectWidth={false}
        />
      }
    >
      <Loaded query={readiness} rows={5}>
        {(data) => <Answer readiness={data} />}
      </Loaded>
    </Panel>
  );
}

function Answer({ readiness }: { readonly readiness: ExportReadiness }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { finding, working_days: days, answer } = readiness;
  const papers = [finding.requirement, ...finding.further].flatMap((requirement) => requirement?.documents ?? []);
  return (
    <div className="readiness">
      <p>
        <Tag tone={TONES[answer]}>{t(`readiness.answer.${answer}`)}</Tag>
      </p>
      <p>
        <strong>{format.text(finding.pathway.text)}</strong>
      </p>
      {answer !== 'free' && answer !== 'no' && (
        <p>
          {days.least === days.most
            ? t('readiness.days', { count: days.most })
            : t('readiness.daysBetween', { least: days.least, most: days.most })}
          {days.extendable && ` ${t('readiness.extendable')}`}
        </p>
      )}
      {readiness.latest_decision.date !== null && answer !== 'free' && (
        <p className="muted">
          {t('readiness.latest')} <Time at={readiness.latest_decision.date} day />
        </p>
      )}
      {papers.length > 0 && (
        <details>
          <summary>{t('readiness.papers', { count: papers.length })}</summary>
          <ul>
            {papers.map((paper) => (
              <li key={paper.id}>{format.text(paper.text)}</li>
            ))}
          </ul>
        </details>
      )}
      {finding.citations.length > 0 && (
        <details>
          <summary>{t('readiness.why')}</summary>
          {finding.rule !== null && <p>{format.text(finding.rule.text)}</p>}
          <ul>
            {finding.citations.map((citation) => (
              <li key={citation.id}>{format.text(citation.text)}</li>
            ))}
          </ul>
        </details>
      )}
      {readiness.assumptions.length > 0 && (
        <details>
          <summary>{t('readiness.assumed', { count: readiness.assumptions.length })}</summary>
          <ul>
            {readiness.assumptions.map((assumption) => (
              <li key={assumption.fact}>
                {format.text(assumption.question)} <strong>{format.text(assumption.text)}</strong>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="muted small">{format.text(finding.notice)}</p>
    </div>
  );
}

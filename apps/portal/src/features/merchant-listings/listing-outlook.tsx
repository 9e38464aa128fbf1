import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Rows } from '../../kit/data-list.js';
import { FindingText } from '../../kit/listing-findings/finding-text.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import type { ListingData } from './listing-data.js';

/** Prices are not of the listing: they are offers. */
export function PlansStep() {
  const { t } = useTranslation();
  return (
    <Panel title={t('listing.step.plans')}>
      <p>{t('listing.plansHint')}</p>
      <p>
        <Link to="/merchant/offers">{t('listing.toOffers')}</Link>
      </p>
    </Panel>
  );
}

/** What the exchange will say before a person reads it, what changed, and the page itself. */
export function PreviewStep({ data }: { readonly data: ListingData }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('listing.findings')}>
        {data.review.findings.length === 0 && <p>{t('listing.noFindings')}</p>}
        <ul className="clauses">
          {data.review.findings.map((finding) => (
            <li key={`${finding.code}${finding.pointer}`}>
              <Tag tone={finding.level === 'advice' ? 'warn' : 'bad'}>{t(`listing.level.${finding.level}`)}</Tag>
              <FindingText finding={finding} />
            </li>
          ))}
        </ul>
        <p>
          <Link to="/products/$productId" params={{ productId: data.product.id }}>
            {t('listing.toProduct')}
          </Link>
        </p>
      </Panel>
      {data.review.changes.length > 0 && <Changes changes={data.review.changes} />}
    </>
  );
}

function Changes({ changes }: { readonly changes: ListingData['review']['changes'] }) {
  const { t } = useTranslation();
  const shown = (value: unknown) => (value === undefined ? '–' : JSON.stringify(value));
  return (
    <Panel title={t('listing.changes')}>
      <section className="scroll" tabIndex={0} aria-label={t('listing.changes')}>
        <Rows
          label={t('listing.changes')}
          rows={changes}
          rowKey={({ pointer }) => pointer}
          columns={[
            { key: 'pointer', title: t('kit.field'), cell: ({ pointer }) => <code>{pointer}</code> },
            { key: 'before', title: t('listing.before'), cell: ({ before }) => shown(before) },
            { key: 'after', title: t('listing.after'), cell: ({ after }) => shown(after) },
          ]}
        />
      </section>
    </Panel>
  );
}

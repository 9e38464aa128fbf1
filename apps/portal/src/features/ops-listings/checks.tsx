import { useTranslation } from 'react-i18next';
import type { ListingReviewView } from '@hetao/client';
import { Rows } from '../../kit/data-list.js';
import { FindingText } from '../../kit/listing-findings/finding-text.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { bySeverity, valueText } from './review.rules.js';

const TONE = { forbidden: 'bad', blocking: 'warn', advice: 'draft' } as const;

/** What was checked by machine, and what the merchant changed since the last submission. */
export function Checks({ review }: { readonly review: ListingReviewView }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('opsListings.checks')}>
        {review.findings.length === 0 && <Tag tone="good">{t('opsListings.checksPassed')}</Tag>}
        <ul className="findings">
          {bySeverity(review.findings).map((finding) => (
            <li key={`${finding.code} ${finding.pointer}`}>
              <Tag tone={TONE[finding.level]}>{t(`opsListings.level.${finding.level}`)}</Tag>
              <FindingText finding={finding} />
            </li>
          ))}
        </ul>
      </Panel>
      {review.changes.length > 0 && (
        <Panel title={t('opsListings.changes')}>
          <section className="scroll" tabIndex={0} aria-label={t('opsListings.changes')}>
            <Rows
              label={t('opsListings.changes')}
              rows={review.changes}
              rowKey={({ pointer }) => pointer}
              columns={[
                { key: 'pointer', title: t('kit.field'), cell: ({ pointer }) => <code>{pointer}</code> },
                { key: 'before', title: t('opsListings.before'), cell: ({ before }) => <del>{valueText(before)}</del> },
                { key: 'after', title: t('opsListings.after'), cell: ({ after }) => <ins>{valueText(after)}</ins> },
              ]}
            />
          </section>
        </Panel>
      )}
    </>
  );
}

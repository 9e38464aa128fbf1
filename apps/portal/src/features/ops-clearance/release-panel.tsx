import { useTranslation } from 'react-i18next';
import { resumeRelease, revokeRelease, suspendRelease, type Release } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { AskReason } from '../../kit/ask-reason.js';
import { CopyText } from '../../kit/copy-text.js';
import { Facts } from '../../kit/detail.js';
import { Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** The release that came of it: how far it goes, its token, and how it is stopped. */
export function ReleasePanel({ release }: { readonly release: Release }) {
  const { t } = useTranslation();
  const format = useFormat();
  const call = { path: { id: release.id }, throwOnError: true } as const;
  const quotaText = (persons: number | null) => (persons === null ? t('opsClearance.noLimit') : format.count(persons));
  return (
    <Panel title={t('opsClearance.releaseTitle')} extra={<StatusTag status={release.status} />}>
      <Facts
        facts={[
          { label: t('opsClearance.token'), value: <CopyText text={release.token} short /> },
          { label: t('opsClearance.quota.general'), value: quotaText(release.quota.general) },
          { label: t('opsClearance.quota.sensitive'), value: quotaText(release.quota.sensitive) },
          { label: t('contract.from'), value: <Time at={release.valid_from} day /> },
          { label: t('contract.until'), value: <Time at={release.valid_until} day /> },
          release.log_receipt !== null && {
            label: t('opsClearance.leaf'),
            value: format.count(release.log_receipt.leaf_index),
          },
        ]}
      />
      <div className="actions">
        {release.status === 'active' && (
          <AskReason
            label={t('opsClearance.suspend')}
            hint={t('opsClearance.suspendHint')}
            done={t('opsClearance.suspended')}
            act={(reason) => suspendRelease({ ...call, body: { reason } })}
          />
        )}
        {release.status === 'suspended' && (
          <AskReason
            label={t('opsClearance.resume')}
            hint={t('opsClearance.resumeHint')}
            done={t('opsClearance.resumed')}
            act={(reason) => resumeRelease({ ...call, body: { reason } })}
          />
        )}
        {(release.status === 'active' || release.status === 'suspended') && (
          <AskReason
            danger
            label={t('opsClearance.revoke')}
            hint={t('opsClearance.revokeHint')}
            done={t('opsClearance.revoked')}
            act={(reason) => revokeRelease({ ...call, body: { reason } })}
          />
        )}
      </div>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listReleases, type Entitlement } from '@hetao/client';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** The release of customs behind an access, and until when it holds: without one nothing is delivered over a border. */
export function ReleaseOf({ entitlement }: { readonly entitlement: Entitlement }) {
  const { t } = useTranslation();
  const crosses = entitlement.release !== null;
  const release = useQuery({
    queryKey: ['release-of', entitlement.agreement_id],
    enabled: crosses,
    queryFn: async ({ signal }) => {
      const query = { agreement_id: entitlement.agreement_id, limit: 1 };
      return (await listReleases({ query, signal, throwOnError: true })).data.data[0] ?? null;
    },
  });
  if (!crosses) return <span className="muted">{t('access.noBorder')}</span>;
  if (release.isPending) return <span className="muted">…</span>;
  if (release.data === null || release.data === undefined) return <Tag tone="waiting">{t('access.noRelease')}</Tag>;
  return (
    <>
      <StatusTag status={release.data.status} />
      <div className="muted small">
        {t('product.validUntil')} <Time at={release.data.valid_until} day />
      </div>
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listEntitlements, type Entitlement } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { useMeterWord, usePurposeWord } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { ReleaseOf } from './release-of.js';

/** What the organisation may use now: for what, where, until when, and whether the border is open. */
export function AccessPage() {
  const { t } = useTranslation();
  const columns = useAccessColumns();
  const list = useCursorList(['entitlements'], ({ page, signal }) =>
    listEntitlements({ query: page, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.access')} lead={t('access.lead')}>
      <DataList
        label={t('nav.access')}
        list={list}
        rowKey={(row) => row.id}
        file="access"
        empty={
          <Empty title={t('access.none')} action={<Link to="/catalog">{t('home.find')}</Link>}>
            {t('access.noneHint')}
          </Empty>
        }
        columns={columns}
      />
    </Page>
  );
}

function QuotaOf({ entitlement }: { readonly entitlement: Entitlement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  if (entitlement.quota === null) return <span className="muted">{t('access.noQuota')}</span>;
  return (
    <>
      {format.count(entitlement.quota.limit)} {meterWord(entitlement.quota.meter)}
    </>
  );
}

/** What each access is for, and what it hangs on. */
function useAccessColumns(): readonly Column<Entitlement>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return [
    {
      key: 'product',
      title: t('kit.product'),
      cell: (row) => (
        <>
          <Link to="/contracts/$agreementId" params={{ agreementId: row.agreement_id }}>
            <ProductName id={row.product_id} />
          </Link>
          <div className="muted small">
            <OrganisationName id={row.merchant_id} />
          </div>
        </>
      ),
      text: (row) => row.product_id,
    },
    {
      key: 'for',
      title: t('access.for'),
      cell: (row) => (
        <>
          {row.purposes.map(purposeWord).join(' · ')}
          <div className="muted small">{row.places_of_use.map(format.place).join(' · ')}</div>
        </>
      ),
      text: (row) => row.purposes.join(' '),
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    { key: 'release', title: t('access.release'), cell: (row) => <ReleaseOf entitlement={row} /> },
    { key: 'quota', title: t('terms.quota'), cell: (row) => <QuotaOf entitlement={row} /> },
    {
      key: 'until',
      title: t('contract.until'),
      cell: (row) => <Time at={row.valid_until} day />,
      text: (row) => row.valid_until,
    },
    {
      key: 'use',
      title: t('access.use'),
      cell: (row) => (
        <>
          <Link to="/usage" search={{ agreement: row.agreement_id }}>
            {t('nav.usage')}
          </Link>
          <CopyText text={row.agreement_id} short />
        </>
      ),
      text: (row) => row.agreement_id,
    },
  ];
}

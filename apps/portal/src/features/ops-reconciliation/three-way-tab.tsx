import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listThreeWay } from '@hetao/client';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { shortId } from '../../kit/names.js';
import { Tag } from '../../kit/status-tag.js';
import { useCursorList } from '../../kit/use-cursor-list.js';

/** Usage, invoice and bank of every licence of a month side by side, and where two of them differ. */
export function ThreeWayTab({ period }: { readonly period: string }) {
  const { t } = useTranslation();
  const list = useCursorList(['three-way', period], ({ page, signal }) =>
    listThreeWay({ path: { period }, query: { limit: 100, ...page }, signal, throwOnError: true }),
  );
  return (
    <DataList
      label={t('opsReconciliation.tab.threeWay')}
      list={list}
      rowKey={(row) => `${row.agreement_id} ${row.invoice_number ?? ''} ${row.usage.currency}`}
      file={`three-way-${period}`}
      empty={<Empty title={t('opsReconciliation.noThreeWay')} />}
      columns={[
        {
          key: 'agreement',
          title: t('opsReconciliation.item.invoice'),
          cell: (row) => (
            <Link to="/contracts/$agreementId" params={{ agreementId: row.agreement_id }}>
              {row.invoice_number ?? shortId(row.agreement_id)}
            </Link>
          ),
          text: (row) => row.invoice_number ?? row.agreement_id,
        },
        {
          key: 'usage',
          title: t('opsReconciliation.usage'),
          figure: true,
          cell: (row) => <MoneyCell money={row.usage} />,
          text: (row) => row.usage.amount,
        },
        {
          key: 'invoiced',
          title: t('opsReconciliation.invoiced'),
          figure: true,
          cell: (row) => <MoneyCell money={row.invoiced.net} />,
          text: (row) => row.invoiced.net.amount,
        },
        {
          key: 'tax',
          title: t('opsReconciliation.tax'),
          figure: true,
          cell: (row) => <MoneyCell money={row.invoiced.tax} />,
          text: (row) => row.invoiced.tax.amount,
        },
        {
          key: 'bank',
          title: t('opsReconciliation.bank'),
          figure: true,
          cell: (row) => <MoneyCell money={row.bank} />,
          text: (row) => row.bank.amount,
        },
        {
          key: 'difference',
          title: t('opsReconciliation.difference'),
          cell: (row) =>
            row.differences.length === 0 ? (
              <Tag tone="good">{t('opsReconciliation.equal')}</Tag>
            ) : (
              row.differences.map((difference) => (
                <p key={`${difference.sides} ${difference.code}`}>
                  {t(`opsReconciliation.sides.${difference.sides}`)} <MoneyCell money={difference.amount} />
                </p>
              ))
            ),
          text: (row) => row.differences.map(({ code, amount }) => `${code} ${amount.amount}`).join(' '),
        },
      ]}
    />
  );
}

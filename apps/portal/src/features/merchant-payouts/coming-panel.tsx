import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getInvoice, listInvoices, type Invoice } from '@hetao/client';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { OrganisationName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** Open invoices of one merchant that are looked into; the rest stand on the page of invoices. */
const LOOKED_INTO = 30;

interface Coming {
  readonly invoice: Invoice;
  /** A disputed line holds its part back until the dispute is decided. */
  readonly held: boolean;
}

async function readComing(signal: AbortSignal): Promise<readonly Coming[]> {
  const open = await Promise.all(
    (['overdue', 'part_paid', 'issued'] as const).map((status) =>
      listInvoices({ query: { status, limit: LOOKED_INTO }, signal, throwOnError: true }),
    ),
  );
  const unique = new Map(open.flatMap(({ data }) => data.data).map((invoice) => [invoice.id, invoice]));
  return Promise.all(
    [...unique.values()].map(async (invoice) => {
      const { data } = await getInvoice({ path: { id: invoice.id }, signal, throwOnError: true });
      return { invoice, held: data.lines.some(({ disputed }) => disputed) };
    }),
  );
}

/** What buyers still owe, by when, and what holds it. */
export function ComingPanel() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['payouts-coming'], queryFn: ({ signal }) => readComing(signal) });
  return (
    <Panel title={t('payouts.coming')}>
      <p className="muted">{t('payouts.comingHint')}</p>
      <Loaded query={query} rows={3}>
        {(rows) =>
          rows.length === 0 ? (
            <p>{t('payouts.nothingComing')}</p>
          ) : (
            <section className="scroll" tabIndex={0} aria-label={t('payouts.coming')}>
              <ComingRows rows={rows} />
            </section>
          )
        }
      </Loaded>
    </Panel>
  );
}

function ComingRows({ rows }: { readonly rows: readonly Coming[] }) {
  const { t } = useTranslation();
  return (
    <Rows
      label={t('payouts.coming')}
      rows={rows}
      rowKey={({ invoice }) => invoice.id}
      columns={[
        {
          key: 'invoice',
          title: t('payouts.invoice'),
          cell: ({ invoice }) => (
            <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
              {invoice.number}
            </Link>
          ),
        },
        { key: 'buyer', title: t('persona.buyer'), cell: ({ invoice }) => <OrganisationName id={invoice.buyer_id} /> },
        {
          key: 'outstanding',
          title: t('payouts.outstanding'),
          cell: ({ invoice }) => <MoneyCell money={invoice.outstanding} />,
          figure: true,
        },
        { key: 'due', title: t('payouts.due'), cell: ({ invoice }) => <Time at={invoice.due_date} day /> },
        {
          key: 'hold',
          title: t('payouts.hold'),
          cell: ({ held }) =>
            held ? <Tag tone="paused">{t('payouts.held')}</Tag> : <span className="muted">{t('payouts.notHeld')}</span>,
        },
      ]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getUsageSummary, listAgreements, listCharges } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { lastMonths, thisMonth } from '../../kit/months.rules.js';
import { EndpointsPanel } from './endpoints-panel.js';
import { FLOOR, isTooFew } from './sales.rules.js';

const route = getRouteApi('/merchant/usage');
const MONTHS = 12;
const MOST = 100;

interface Used {
  readonly key: string;
  readonly agreementId: string;
  readonly buyerId: string;
  readonly productId: string;
  readonly meter: string;
  readonly quantity: string;
  readonly events: number;
  /** Whether the month is closed, and so all of it charged that ever will be. */
  readonly closed: boolean;
  readonly charged: readonly string[];
}

/** Every licence of the merchant with what was counted under it in a month. */
async function readUsed(merchantId: string, period: string, signal: AbortSignal): Promise<readonly Used[]> {
  const options = { signal, throwOnError: true } as const;
  const { data } = await listAgreements({ query: { limit: MOST }, ...options });
  const mine = data.data.filter((one) => one.merchant_id === merchantId && one.in_force_since !== null);
  const read = await Promise.all(
    mine.map(async (agreement) => {
      const [summary, charges] = await Promise.all([
        getUsageSummary({ query: { agreement_id: agreement.id, period }, ...options }),
        listCharges({ query: { agreement_id: agreement.id, period, limit: MOST }, ...options }),
      ]);
      return summary.data.totals.map((total): Used => ({
        key: `${agreement.id} ${total.meter}`,
        agreementId: agreement.id,
        buyerId: agreement.buyer_id,
        productId: agreement.product_id,
        meter: total.meter,
        quantity: total.quantity,
        events: total.events,
        closed: summary.data.state === 'closed',
        charged: charges.data.data
          .filter(({ meter }) => meter === total.meter)
          .map(({ amount }) => `${amount.currency} ${amount.amount}`),
      }));
    }),
  );
  return read.flat();
}

/** How much of each product was used, by whom. */
export function SalesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { period: looked = thisMonth() } = route.useSearch();
  const navigate = route.useNavigate();
  const { organisation_id: merchantId } = signedIn();
  const query = useQuery({
    queryKey: ['sales', merchantId, looked],
    queryFn: ({ signal }) => readUsed(merchantId, looked, signal),
  });
  return (
    <Page title={t('nav.usage')} lead={t('sales.lead')}>
      <Filters>
        <FilterSelect
          label={t('sales.month')}
          value={looked}
          options={lastMonths(looked, MONTHS).map((value) => ({ value, label: format.month(value) }))}
          onChange={(period) => void navigate({ search: period === undefined ? {} : { period } })}
        />
      </Filters>
      <Panel title={t('sales.byBuyer')}>
        <p className="muted">{t('sales.floorHint', { floor: FLOOR })}</p>
        <Loaded query={query} rows={6}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('sales.nothing', { month: format.month(looked) })} />
            ) : (
              <section className="scroll" tabIndex={0} aria-label={t('sales.byBuyer')}>
                <UsedRows rows={rows} />
              </section>
            )
          }
        </Loaded>
      </Panel>
      <EndpointsPanel />
    </Page>
  );
}

function UsedRows({ rows }: { readonly rows: readonly Used[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  return (
    <Rows
      label={t('sales.byBuyer')}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: 'buyer',
          title: t('persona.buyer'),
          cell: (row) => (
            <Link to="/contracts/$agreementId" params={{ agreementId: row.agreementId }}>
              <OrganisationName id={row.buyerId} />
            </Link>
          ),
        },
        { key: 'product', title: t('kit.product'), cell: (row) => <ProductName id={row.productId} /> },
        { key: 'meter', title: t('usage.meter'), cell: (row) => meterWord(row.meter) },
        {
          key: 'quantity',
          title: t('sales.quantity'),
          cell: (row) =>
            isTooFew(row.meter, row.quantity) ? t('sales.few', { floor: FLOOR }) : format.count(row.quantity),
          figure: true,
        },
        { key: 'events', title: t('sales.events'), cell: (row) => format.count(row.events), figure: true },
        {
          key: 'charged',
          title: t('sales.charged'),
          cell: (row) =>
            row.charged.length === 0 ? (
              <span className="muted">{row.closed ? t('sales.unpriced') : t('sales.notYet')}</span>
            ) : (
              row.charged.join(' · ')
            ),
          figure: true,
        },
      ]}
    />
  );
}

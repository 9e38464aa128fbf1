import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { getUsageSummary, listAgreements, type Agreement } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { BudgetsPanel } from './budgets-panel.js';
import { DailyChart } from './daily-chart.js';
import { RecordsPanel } from './records-panel.js';
import { lastMonths, thisMonth } from '../../kit/months.rules.js';

const route = getRouteApi('/usage');
const MOST_AGREEMENTS = 100;
const MONTHS = 12;

/** What was used, day by day, what it leads to, and what it may at most come to. */
export function UsagePage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const agreements = useQuery({
    queryKey: ['agreements-with-usage'],
    queryFn: async ({ signal }) => {
      const { data } = await listAgreements({ query: { limit: MOST_AGREEMENTS }, signal, throwOnError: true });
      return data.data.filter(({ in_force_since }) => in_force_since !== null);
    },
  });
  return (
    <Page title={t('nav.usage')} lead={t('usage.lead')}>
      <Loaded query={agreements} rows={8}>
        {(list) => {
          const agreement = list.find(({ id }) => id === search.agreement) ?? list[0];
          if (agreement === undefined) {
            return <Empty title={t('usage.none')} action={<Link to="/catalog">{t('home.find')}</Link>} />;
          }
          return <AgreementUsage agreements={list} agreement={agreement} />;
        }}
      </Loaded>
    </Page>
  );
}

function AgreementUsage({
  agreements,
  agreement,
}: {
  readonly agreements: readonly Agreement[];
  readonly agreement: Agreement;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const period = search.period ?? thisMonth();
  return (
    <>
      <div className="filters">
        <Select
          aria-label={t('kit.product')}
          className="wide-select"
          value={agreement.id}
          options={agreements.map(({ id, product_id }) => ({ value: id, label: <ProductName id={product_id} /> }))}
          onChange={(id) => void navigate({ search: { agreement: id, period } })}
        />
        <Select
          aria-label={t('invoice.month')}
          value={period}
          options={lastMonths(period, MONTHS).map((month) => ({ value: month, label: format.month(month) }))}
          onChange={(month) => void navigate({ search: { agreement: agreement.id, period: month } })}
        />
      </div>
      <Totals agreementId={agreement.id} period={period} />
      <BudgetsPanel agreement={agreement} />
      <RecordsPanel key={`${agreement.id}${period}`} agreement={agreement} period={period} meter={search.meter} />
    </>
  );
}

function Totals({ agreementId, period }: { readonly agreementId: string; readonly period: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  const summary = useQuery({
    queryKey: ['usage-summary', agreementId, period],
    queryFn: async ({ signal }) =>
      (await getUsageSummary({ query: { agreement_id: agreementId, period }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={summary}>
      {(data) => (
        <>
          <p className="muted">
            {t('usage.state')} <StatusTag status={data.state} />
          </p>
          <section className="three" aria-label={t('usage.totals')}>
            {data.totals.map(({ meter, quantity }) => (
              <div key={meter} className="number-card">
                <div className="figure">{format.count(quantity)}</div>
                <p>{meterWord(meter)}</p>
              </div>
            ))}
          </section>
          {data.totals.length === 0 ? (
            <Empty title={t('usage.nothing', { month: format.month(period) })}>{t('usage.nothingHint')}</Empty>
          ) : (
            <Panel title={t('usage.byDay')}>
              <DailyChart
                agreementId={agreementId}
                period={period}
                timeZone={data.time_zone}
                meters={data.totals.map(({ meter }) => meter)}
              />
            </Panel>
          )}
        </>
      )}
    </Loaded>
  );
}

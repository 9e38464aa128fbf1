import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getInvoice, getPayout, type InvoiceDetail, type PayoutDetail } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { foreignCurrencies, waterfallOf, type Step } from './waterfall.rules.js';

import './payouts.css';

const route = getRouteApi('/merchant/payouts/$payoutId');

/** One payout: from what buyers paid to what reached the account, each step open to its lines. */
export function PayoutPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { payoutId } = route.useParams();
  const query = useQuery({
    queryKey: ['payout', payoutId],
    queryFn: async ({ signal }) => {
      const { data: payout } = await getPayout({ path: { id: payoutId }, signal, throwOnError: true });
      const invoices = await Promise.all(
        payout.items.map(
          async ({ invoice_id: id }) => (await getInvoice({ path: { id }, signal, throwOnError: true })).data,
        ),
      );
      return { payout, invoices };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {({ payout, invoices }) => (
        <Page title={t('payouts.of', { month: format.month(payout.period) })} section={t('payouts.title')}>
          <DetailHead id={payout.id} path={`/v1/payouts/${payout.id}`}>
            <StatusTag status={payout.status} />
          </DetailHead>
          {(payout.status === 'rejected' || payout.status === 'returned') && (
            <p className="notice">{t('payouts.came')}</p>
          )}
          <Waterfall payout={payout} invoices={invoices} />
          <BankFacts payout={payout} />
        </Page>
      )}
    </Loaded>
  );
}

function Waterfall({
  payout,
  invoices,
}: {
  readonly payout: PayoutDetail;
  readonly invoices: readonly InvoiceDetail[];
}) {
  const { t } = useTranslation();
  const { currency } = payout.amount;
  const exchanged = foreignCurrencies(payout, invoices).length > 0;
  const steps = waterfallOf(payout, invoices);
  return (
    <Panel title={t('payouts.sums')}>
      <p className="muted">{t('payouts.sumsHint')}</p>
      <div className="sums">
        {steps.slice(0, -1).map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
        <div>
          <span>{t('payouts.step.fx')}</span>
          <span className="muted">{exchanged ? t('payouts.fxTo', { currency }) : t('payouts.noFx', { currency })}</span>
        </div>
        {steps.slice(-1).map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
      </div>
    </Panel>
  );
}

function StepRow({ step }: { readonly step: Step }) {
  const { t } = useTranslation();
  if (step.lines.length === 0) {
    return (
      <div className={step.total ? 'total' : ''}>
        <span>{t(`payouts.step.${step.name}`)}</span>
        <MoneyCell money={step.money} />
      </div>
    );
  }
  return (
    <details className={step.total ? 'sum-step total' : 'sum-step'}>
      <summary>
        <span>{t(`payouts.step.${step.name}`)}</span>
        <MoneyCell money={step.money} />
      </summary>
      <ul>
        {step.lines.map((line) => (
          <li key={line.invoiceId}>
            <Link to="/invoices/$invoiceId" params={{ invoiceId: line.invoiceId }}>
              {line.number}
            </Link>
            <MoneyCell money={line.money} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function BankFacts({ payout }: { readonly payout: PayoutDetail }) {
  const { t } = useTranslation();
  const { name, iban, account_number: number, bic } = payout.bank_account;
  return (
    <Panel>
      <Facts
        facts={[
          {
            label: t('payouts.account'),
            value: [name, iban ?? number, bic].filter((part) => part !== null).join(' · '),
          },
          { label: t('payouts.reference'), value: <CopyText text={payout.end_to_end_id} /> },
          { label: t('payouts.instructed'), value: <Time at={payout.instructed_at} /> },
          { label: t('payouts.arrived'), value: <Time at={payout.settled_at} day /> },
          payout.statement_line_id !== null && {
            label: t('payouts.bankLine'),
            value: <CopyText text={payout.statement_line_id} short />,
          },
        ]}
      />
    </Panel>
  );
}

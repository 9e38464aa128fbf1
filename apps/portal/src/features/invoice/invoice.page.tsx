import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getInvoice, listCharges, type InvoiceDetail } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { Rows } from '../../kit/data-list.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { OrganisationName, shortId } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { RecomputePanel } from './recompute-panel.js';
import { useStepText } from './use-step-text.js';

const route = getRouteApi('/invoices/$invoiceId');
const MOST_CHARGES = 100;

/** One invoice: every line opens to how it came about, to the usage behind it, and can be computed again here. */
export function InvoicePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { invoiceId } = route.useParams();
  const invoice = useQuery({
    queryKey: ['invoice', invoiceId],
    queryFn: async ({ signal }) => (await getInvoice({ path: { id: invoiceId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={invoice} rows={10}>
      {(data) => (
        <Page
          title={data.number || shortId(data.id)}
          section={t('nav.invoices')}
          lead={
            <>
              {format.month(data.period)} ·{' '}
              {data.merchant_name ? format.text(data.merchant_name) : <OrganisationName id={data.merchant_id} />}
            </>
          }
        >
          <DetailHead id={data.id} path={`/v1/invoices/${data.id}`}>
            <StatusTag status={data.status} />
          </DetailHead>
          <div className="columns">
            <div>
              <Lines invoice={data} />
              <RecomputePanel invoice={data} />
            </div>
            <aside aria-label={t('invoice.sums')}>
              <Sums invoice={data} />
            </aside>
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function Sums({ invoice }: { readonly invoice: InvoiceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('invoice.sums')}>
      <dl className="sums">
        {(['net', 'tax', 'gross', 'paid', 'credited', 'outstanding'] as const).map((name) => (
          <div key={name} className={name === 'gross' || name === 'outstanding' ? 'total' : ''}>
            <dt>
              {t(`invoice.${name}`)}
              {name === 'tax' && ` ${format.share(invoice.tax_terms.rate_bps / 10_000)}`}
            </dt>
            <dd>
              <MoneyCell money={invoice[name]} />
            </dd>
          </div>
        ))}
      </dl>
      <Facts
        facts={[
          { label: t('invoice.issued'), value: <Time at={invoice.issued_at} day /> },
          { label: t('invoice.due'), value: <Time at={invoice.due_date} day /> },
          { label: t('invoice.paidAt'), value: <Time at={invoice.paid_at} day /> },
          { label: t('invoice.order'), value: invoice.purchase_order ?? '–' },
          {
            label: t('invoice.licence'),
            value: (
              <Link to="/contracts/$agreementId" params={{ agreementId: invoice.agreement_id }}>
                {t('invoice.toLicence')}
              </Link>
            ),
          },
        ]}
      />
      {invoice.status !== 'paid' && invoice.number !== '' && (
        <p className="notice calm">
          {t('invoice.remittance')} <CopyText text={invoice.number} />
        </p>
      )}
    </Panel>
  );
}

function Lines({ invoice }: { readonly invoice: InvoiceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  const charges = useQuery({
    queryKey: ['charges', invoice.agreement_id, invoice.period],
    queryFn: async ({ signal }) => {
      const query = { agreement_id: invoice.agreement_id, period: invoice.period, limit: MOST_CHARGES };
      const { data } = await listCharges({ query, signal, throwOnError: true });
      return new Map(data.data.map((charge) => [charge.id, charge.steps]));
    },
  });
  return (
    <Panel title={t('invoice.lines')}>
      <section className="scroll" tabIndex={0} aria-label={t('invoice.lines')}>
        <Rows
          label={t('invoice.lines')}
          rows={invoice.lines}
          rowKey={(line) => String(line.line_no)}
          columns={[
            {
              key: 'what',
              title: t('invoice.what'),
              cell: (line) => (
                <>
                  <LineName line={line} />
                  {line.disputed && <Tag tone="warn">{t('invoice.disputed')}</Tag>}
                  <Steps steps={line.charge_id === null ? undefined : charges.data?.get(line.charge_id)} />
                </>
              ),
            },
            {
              key: 'quantity',
              title: t('invoice.quantity'),
              cell: (line) =>
                line.quantity === null
                  ? '–'
                  : `${format.count(line.quantity)} ${line.meter === null ? '' : meterWord(line.meter, Number(line.quantity))}`,
              figure: true,
            },
            {
              key: 'usage',
              title: t('nav.usage'),
              cell: (line) =>
                line.meter === null ? (
                  '–'
                ) : (
                  <Link
                    to="/usage"
                    search={{ agreement: invoice.agreement_id, period: invoice.period, meter: line.meter }}
                  >
                    {t('invoice.records')}
                  </Link>
                ),
            },
            {
              key: 'amount',
              title: t('invoice.amount'),
              cell: (line) => <MoneyCell money={line.amount} />,
              figure: true,
            },
          ]}
        />
      </section>
    </Panel>
  );
}

/** What was counted, or that nothing was, with the name the plan both signed has for it. */
function LineName({ line }: { readonly line: InvoiceDetail['lines'][number] }) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  if (line.kind === 'tax') return t('invoice.tax');
  return (
    <>
      {line.meter === null ? t('invoice.fixed') : sentence(meterWord(line.meter))}{' '}
      <code className="muted small">{line.component_id}</code>
    </>
  );
}

/** Begins with a capital letter, where its script has any. */
const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** How the amount came about, in the reader's language where it is known: enough to do it again by hand. */
function Steps({ steps }: { readonly steps: readonly string[] | undefined }) {
  const { t } = useTranslation();
  const stepText = useStepText();
  if (steps === undefined || steps.length === 0) return null;
  return (
    <details>
      <summary className="small">{t('invoice.how')}</summary>
      <ol className="steps">
        {steps.map((step) => {
          const text = stepText(step);
          return (
            <li key={step} lang={text === undefined ? 'en' : undefined}>
              {text ?? step}
            </li>
          );
        })}
      </ol>
    </details>
  );
}

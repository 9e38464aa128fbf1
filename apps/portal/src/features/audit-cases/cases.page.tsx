import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { lastMonths, monthAfter, thisMonth } from '../../kit/months.rules.js';
import { Page, Panel } from '../../kit/page.js';
import { invoicesOf, performSample } from './perform-sample.js';
import { SampleResult } from './sample-result.js';
import { drawSample, MOST_IN_SAMPLE, type SampleTerms } from './sample.rules.js';

const route = getRouteApi('/audit/cases');
const MONTHS = 12;
const USUAL_SIZE = 5;

/** A sample of a month's invoices, drawn by a seed and performed again: the address holds the case. */
export function CasesPage() {
  const { t } = useTranslation();
  const { period, size, seed } = route.useSearch();
  const terms = period !== undefined && seed !== undefined ? { period, size: sizeOf(size), seed } : undefined;
  return (
    <Page title={t('auditCases.title')} lead={t('auditCases.lead')}>
      <TermsForm key={`${period}${size}${seed}`} terms={terms} />
      {terms === undefined ? (
        <Empty title={t('auditCases.none')}>{t('auditCases.noneHint')}</Empty>
      ) : (
        <Sample terms={terms} />
      )}
    </Page>
  );
}

/** Addresses are typed: a size that is none is the usual one. */
function sizeOf(text: string | undefined): number {
  const size = Number(text);
  return Number.isInteger(size) && size > 0 ? Math.min(size, MOST_IN_SAMPLE) : USUAL_SIZE;
}

function TermsForm({ terms }: { readonly terms: SampleTerms | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = route.useNavigate();
  const lastMonth = monthAfter(thisMonth(), -1);
  return (
    <Panel title={t('auditCases.terms')}>
      <Form<SampleTerms>
        layout="vertical"
        className="narrow-form"
        initialValues={terms ?? { period: lastMonth, size: USUAL_SIZE }}
        onFinish={({ period, size, seed }) => void navigate({ search: { period, size: String(size), seed } })}
      >
        <Form.Item name="period" label={t('invoice.month')} rules={[{ required: true }]}>
          <Select
            aria-label={t('invoice.month')}
            options={lastMonths(lastMonth, MONTHS).map((month) => ({ value: month, label: format.month(month) }))}
          />
        </Form.Item>
        <Form.Item name="size" label={t('auditCases.size')} rules={[{ required: true }]}>
          <InputNumber min={1} max={MOST_IN_SAMPLE} precision={0} />
        </Form.Item>
        <Form.Item
          name="seed"
          label={t('auditCases.seed')}
          extra={t('auditCases.seedHint')}
          rules={[{ required: true }]}
        >
          <Input maxLength={100} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('auditCases.draw')}
        </Button>
      </Form>
    </Panel>
  );
}

function Sample({ terms }: { readonly terms: SampleTerms }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['audit-sample', terms],
    queryFn: async ({ signal }) => {
      const population = await invoicesOf(terms.period, signal);
      return { population, cases: await performSample(await drawSample(population, terms), signal) };
    },
    // What an auditor found stays as it was found.
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} rows={6}>
      {({ population, cases }) =>
        cases.length === 0 ? (
          <Empty title={t('auditCases.noInvoices', { month: format.month(terms.period) })} />
        ) : (
          <SampleResult terms={terms} population={population} cases={cases} />
        )
      }
    </Loaded>
  );
}

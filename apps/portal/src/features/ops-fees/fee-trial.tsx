import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOffers, simulateUsage, type Offer } from '@hetao/client';
import { Rows } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { thisMonth } from '../../kit/months.rules.js';
import { ProductName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { metersOf } from '../../kit/price/price.rules.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { bpsOf, compared, percentOfBps, trialOf, type TrialRow, type TrialValues } from './fee-trial.rules.js';

const COUNT = /^\d{1,15}$/;
/** 0 to 100 with at most two decimals: hundredths of a percent are the finest a plan knows. */
const PERCENT = /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/;
const MOST = 50;
/** What the first meter starts with: a month without use costs nothing, and would show nothing. */
const USUAL = '1000';
const PARTIES = ['merchant', 'exchange', 'channel', 'tax', 'source', 'body', 'withholding'] as const;

/** What another fee would have come to, by the rules of a real month, before anybody is told of it. */
export function FeeTrial() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const query = useQuery({
    queryKey: ['fees-offers'],
    queryFn: async ({ signal }) =>
      (await listOffers({ query: { status: 'published', limit: MOST }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('opsFees.trial')}>
      <p className="muted">{t('opsFees.trialHint')}</p>
      <Loaded query={query}>
        {(offers) => {
          const offer = offers.find(({ id }) => id === chosen) ?? offers[0];
          if (offer === undefined) return <Empty title={t('opsFees.noOffers')} />;
          return (
            <>
              <Select
                className="wide-select"
                aria-label={t('opsFees.offer')}
                value={offer.id}
                onChange={setChosen}
                options={offers.map(({ id, product_id }) => ({ value: id, label: <ProductName id={product_id} /> }))}
              />
              <Trial key={offer.id} offer={offer} />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Trial({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  const inForce = offer.plan.fee.exchange_bps;
  const trial = useMutation({
    mutationFn: async ({ percent, usage }: TrialValues) => {
      const month = monthOf(offer);
      const [before, after] = await Promise.all(
        [inForce, bpsOf(percent)].map((bps) =>
          simulateUsage({ body: trialOf(offer, month, bps, usage), throwOnError: true }),
        ),
      );
      return before === undefined || after === undefined ? [] : compared(before.data, after.data);
    },
  });
  return (
    <>
      <Form<TrialValues>
        layout="vertical"
        className="narrow-form after-choice"
        initialValues={{ percent: percentOfBps(inForce), usage: { [metersOf(offer.plan)[0] ?? '']: USUAL } }}
        onFinish={(values) => trial.mutate(values)}
      >
        <Form.Item
          name="percent"
          label={t('opsFees.percent')}
          extra={t('opsFees.inForce', { percent: percentOfBps(inForce) })}
          rules={[{ required: true, pattern: PERCENT, message: t('opsFees.percentFault') }]}
        >
          <Input inputMode="decimal" suffix="%" />
        </Form.Item>
        {metersOf(offer.plan).map((meter) => (
          <Form.Item
            key={meter}
            name={['usage', meter]}
            label={t('offers.usageOf', { meter: meterWord(meter) })}
            rules={[{ pattern: COUNT, message: t('offers.countFault') }]}
          >
            <Input inputMode="numeric" />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={trial.isPending}>
          {t('opsFees.try')}
        </Button>
      </Form>
      {trial.isError && <ProblemAlert error={trial.error} />}
      {trial.data !== undefined && <Compared rows={trial.data} />}
    </>
  );
}

/** This month where the offer's licences run already, its first month otherwise. */
function monthOf(offer: Offer): string {
  const first = thisMonth(Date.parse(offer.term.from));
  const now = thisMonth();
  return first > now ? first : now;
}

function Compared({ rows }: { readonly rows: readonly TrialRow[] }) {
  const { t } = useTranslation();
  const word = (party: string) => {
    const known = PARTIES.find((name) => name === party);
    return known === undefined ? party : t(`opsFees.party.${known}`);
  };
  return (
    <section className="scroll" tabIndex={0} role="status" aria-label={t('opsFees.result')}>
      <Rows
        label={t('opsFees.result')}
        rows={rows}
        rowKey={({ party }) => party}
        columns={[
          { key: 'party', title: t('opsFees.who'), cell: ({ party }) => word(party) },
          { key: 'before', title: t('opsFees.before'), figure: true, cell: (row) => <MoneyCell money={row.inForce} /> },
          { key: 'after', title: t('opsFees.after'), figure: true, cell: (row) => <MoneyCell money={row.tried} /> },
          {
            key: 'difference',
            title: t('opsFees.difference'),
            figure: true,
            cell: (row) => <MoneyCell money={row.difference} />,
          },
        ]}
      />
    </section>
  );
}

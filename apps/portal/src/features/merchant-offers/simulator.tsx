import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { simulateUsage, type Offer, type Simulation } from '@hetao/client';
import { MoneyCell } from '../../kit/money-cell.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { thisMonth } from '../../kit/months.rules.js';
import { metersOf } from '../../kit/price/price.rules.js';
import { simulationOf } from './offer.rules.js';
import './offers.css';

const COUNT = /^\d{1,15}$/;
const PARTIES = ['merchant', 'exchange', 'channel', 'tax', 'source', 'body', 'withholding'] as const;

type Month = Simulation['months'][number];

/** What a month of use would come to for either side, by the rules of a real month. */
export function Simulator({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  const simulate = useMutation({
    mutationFn: async (quantities: Record<string, string | undefined>) =>
      (await simulateUsage({ body: simulationOf(offer, monthOf(offer), quantities), throwOnError: true })).data,
  });
  return (
    <Panel title={t('offers.simulator')}>
      <p className="muted">{t('offers.simulatorHint')}</p>
      <Form<Record<string, string | undefined>>
        layout="vertical"
        className="narrow-form"
        onFinish={(values) => simulate.mutate(values)}
      >
        {metersOf(offer.plan).map((meter) => (
          <Form.Item
            key={meter}
            name={meter}
            label={t('offers.usageOf', { meter: meterWord(meter) })}
            rules={[{ pattern: COUNT, message: t('offers.countFault') }]}
          >
            <Input inputMode="numeric" />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={simulate.isPending}>
          {t('offers.simulate')}
        </Button>
      </Form>
      {simulate.isError && <ProblemAlert error={simulate.error} />}
      {simulate.data?.months.map((month) => (
        <MonthSums key={month.period} month={month} />
      ))}
      {simulate.data !== undefined && <Assumptions simulation={simulate.data} />}
    </Panel>
  );
}

/** This month where the offer's licences run already, its first month otherwise. */
function monthOf(offer: Offer): string {
  const first = thisMonth(Date.parse(offer.term.from));
  const now = thisMonth();
  return first > now ? first : now;
}

function MonthSums({ month }: { readonly month: Month }) {
  const { t } = useTranslation();
  const word = (party: string) => {
    const known = PARTIES.find((name) => name === party);
    return known === undefined ? party : t(`offers.share.${known}`);
  };
  return (
    <div className="sums after-form" role="status">
      <div>
        <span>{t('offers.net')}</span>
        <MoneyCell money={month.net} />
      </div>
      <div>
        <span>{t('offers.tax')}</span>
        <MoneyCell money={month.tax} />
      </div>
      <div className="total">
        <span>{t('offers.buyerPays')}</span>
        <MoneyCell money={month.gross} />
      </div>
      {month.shares.map((share) => (
        <div key={share.party}>
          <span>{word(share.party)}</span>
          <MoneyCell money={share.amount} />
        </div>
      ))}
      {(['invoicedOn', 'dueOn', 'payoutOn'] as const).map((day) => (
        <div key={day}>
          <span>{t(`offers.${day}`)}</span>
          <Time at={{ invoicedOn: month.invoiced_on, dueOn: month.due_on, payoutOn: month.payout_on }[day]} day />
        </div>
      ))}
    </div>
  );
}

function Assumptions({ simulation }: { readonly simulation: Simulation }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('offers.assumptions')}</summary>
      <ul>
        {simulation.assumptions.map(({ name, value, from }) => (
          <li key={name}>
            {name.replaceAll('_', ' ')}: {value} <span className="muted">({t(`offers.from.${from}`)})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

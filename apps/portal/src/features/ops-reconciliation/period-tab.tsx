import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  closeSettlementPeriod,
  draftInvoices,
  getPeriodEquation,
  getSettlementPeriod,
  instructPayouts,
  issueInvoices,
  type PeriodEquation,
  type SettlementPeriod,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { ConfirmByName } from '../../kit/confirm-by-name.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Told } from '../../kit/told.js';
import { mendedAt, stations } from './reconciliation.rules.js';
import { useOpenThings } from './use-open-things.js';

/** The month until it is closed: what is still in the way, and whether its sums agree at every station. */
export function PeriodTab({ period }: { readonly period: string }) {
  const query = useQuery({
    queryKey: ['period', period],
    queryFn: async ({ signal }) => {
      const call = { path: { period }, signal, throwOnError: true } as const;
      const [state, equation] = await Promise.all([getSettlementPeriod(call), getPeriodEquation(call)]);
      return { state: state.data, equation: equation.data };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {({ state, equation }) => (
        <>
          <Checklist state={state} />
          <Equation equation={equation} />
        </>
      )}
    </Loaded>
  );
}

function Checklist({ state }: { readonly state: SettlementPeriod }) {
  const { t } = useTranslation();
  const checkWord = useCheckWord();
  const format = useFormat();
  return (
    <Panel
      title={t('opsReconciliation.close', { month: format.month(state.period) })}
      extra={<StatusTag status={state.status} />}
    >
      <ul className="close-checks">
        {state.checklist.map((item) => (
          <li key={item.code}>
            <Tag tone={item.ok ? 'good' : 'bad'}>{t(`opsReconciliation.check.${item.ok ? 'ok' : 'open'}`)}</Tag>
            <div>
              {checkWord(item)}
              {!item.ok && <Mend item={item} />}
            </div>
          </li>
        ))}
      </ul>
      {state.status === 'open' && <MonthSteps state={state} />}
      <p className="actions">
        {(['trial-balance', 'invoices', 'payouts'] as const).map((table) => (
          <Button key={table} type="link" href={`/v1/settlement/periods/${state.period}/exports/${table}?format=xlsx`}>
            {t(`opsReconciliation.export.${table}`)}
          </Button>
        ))}
      </p>
    </Panel>
  );
}

/** What is open, thing by thing, and the way to it. */
function Mend({ item }: { readonly item: SettlementPeriod['checklist'][number] }) {
  const { t } = useTranslation();
  const openThings = useOpenThings();
  const to = mendedAt(item.code);
  return (
    <div className="muted small">
      {to !== undefined && <Link {...to}>{t('opsReconciliation.mendHere')}</Link>}
      <Told text={item.detail}>
        {openThings(item)?.map((thing) => (
          <p key={thing}>{thing}</p>
        ))}
      </Told>
    </div>
  );
}

/** What is checked, in the reader's language; a check this page does not know says it in the exchange's own words. */
function useCheckWord(): (item: SettlementPeriod['checklist'][number]) => string {
  const { t, i18n } = useTranslation();
  return ({ code, detail }) => {
    const name = `opsReconciliation.checks.${code}` as 'opsReconciliation.checks.PERIOD_NOT_OVER';
    return i18n.exists(name as string) ? t(name) : detail;
  };
}

function MonthSteps({ state }: { readonly state: SettlementPeriod }) {
  const { t } = useTranslation();
  const [closing, setClosing] = useState(false);
  const call = { path: { period: state.period }, throwOnError: true } as const;
  const close = useAction((_nothing: null) => closeSettlementPeriod(call), {
    onDone: () => {
      setClosing(false);
      say(t('opsReconciliation.closed'));
    },
  });
  const ready = state.checklist.every(({ ok }) => ok);
  return (
    <div className="actions">
      <ActButton
        label={t('opsReconciliation.draft')}
        done={t('opsReconciliation.drafted')}
        act={() => draftInvoices(call)}
      />
      <ActButton
        label={t('opsReconciliation.issue')}
        done={t('opsReconciliation.issued')}
        act={() => issueInvoices(call)}
      />
      <ActButton
        label={t('opsReconciliation.payOut')}
        done={t('opsReconciliation.paidOut')}
        act={() => instructPayouts(call)}
      />
      <Button type="primary" disabled={!ready} onClick={() => setClosing(true)}>
        {t('opsReconciliation.closeMonth')}
      </Button>
      <ConfirmByName
        open={closing}
        title={t('opsReconciliation.closeMonth')}
        name={state.period}
        busy={close.isPending}
        error={close.error}
        onConfirm={() => close.mutate(null)}
        onCancel={() => setClosing(false)}
      >
        <p>{t('opsReconciliation.closeHint')}</p>
      </ConfirmByName>
    </div>
  );
}

/** Used = priced = invoiced = split = settled, currency by currency. */
function Equation({ equation }: { readonly equation: PeriodEquation }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('opsReconciliation.equation')}
      extra={
        <Tag tone={equation.balanced ? 'good' : 'warn'}>
          {t(equation.balanced ? 'opsReconciliation.balanced' : 'opsReconciliation.unbalanced')}
        </Tag>
      }
    >
      <section className="scroll" tabIndex={0} aria-label={t('opsReconciliation.equation')}>
        <Rows
          label={t('opsReconciliation.equation')}
          rows={equation.currencies}
          rowKey={({ currency }) => currency}
          columns={[
            { key: 'currency', title: t('opsReconciliation.currency'), cell: ({ currency }) => currency },
            ...stations.map((station) => ({
              key: station,
              title: t(`opsReconciliation.station.${station}`),
              figure: true,
              cell: (row: PeriodEquation['currencies'][number]) => <MoneyCell money={row[station].amount} />,
            })),
            {
              key: 'difference',
              title: t('opsReconciliation.difference'),
              cell: ({ differences }) =>
                differences.length === 0 ? (
                  <Tag tone="good">{t('opsReconciliation.equal')}</Tag>
                ) : (
                  differences.map(({ left, right, amount }) => (
                    <p key={`${left} ${right}`}>
                      {t(`opsReconciliation.station.${left}`)} − {t(`opsReconciliation.station.${right}`)}{' '}
                      <MoneyCell money={amount} />
                    </p>
                  ))
                ),
            },
          ]}
        />
      </section>
      <Meters meters={equation.meters} />
    </Panel>
  );
}

function Meters({ meters }: { readonly meters: PeriodEquation['meters'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  return (
    <>
      <h3>{t('opsReconciliation.meters')}</h3>
      <section className="scroll" tabIndex={0} aria-label={t('opsReconciliation.meters')}>
        <Rows
          label={t('opsReconciliation.meters')}
          rows={meters}
          rowKey={({ meter }) => meter}
          columns={[
            { key: 'meter', title: t('opsReconciliation.meter'), cell: ({ meter }) => meterWord(meter) },
            { key: 'usage', title: t('opsReconciliation.usage'), figure: true, cell: (row) => format.count(row.usage) },
            {
              key: 'rated',
              title: t('opsReconciliation.station.rated'),
              figure: true,
              cell: (row) => format.count(row.rated),
            },
            {
              key: 'unpriced',
              title: t('opsReconciliation.unpriced'),
              figure: true,
              cell: (row) => format.count(row.unpriced),
            },
          ]}
        />
      </section>
    </>
  );
}

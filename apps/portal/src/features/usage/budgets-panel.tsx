import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  endBudget,
  listBudgets,
  setBudget,
  type Agreement,
  type NewUsageBudget,
  type UsageBudget,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { isOneOf } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { moneyText } from '../../i18n/format.js';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { percentOf } from './usage.rules.js';

/** What the use may at most come to, where it stands, and where it goes if it goes on so. */
export function BudgetsPanel({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const mayLimit = isOneOf(['buyer', 'merchant']);
  const budgets = useQuery({
    queryKey: ['budgets', agreement.id],
    queryFn: async ({ signal }) =>
      (await listBudgets({ query: { agreement_id: agreement.id }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel
      title={t('usage.budgets')}
      extra={mayLimit && <Button onClick={() => setMaking(true)}>{t('usage.setBudget')}</Button>}
    >
      <Loaded query={budgets}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('usage.noBudget')}>{t('usage.noBudgetHint')}</Empty>
          ) : (
            list.map((budget) => <BudgetLine key={budget.budget_id} budget={budget} mayEnd={mayLimit} />)
          )
        }
      </Loaded>
      <NewBudget agreement={agreement} open={making} onClose={() => setMaking(false)} />
    </Panel>
  );
}

function BudgetLine({ budget, mayEnd }: { readonly budget: UsageBudget; readonly mayEnd: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  const end = useAction((id: string, headers) => endBudget({ path: { id }, headers, throwOnError: true }), {
    onDone: () => say(t('usage.budgetEnded')),
  });
  const amount = (text: string) =>
    budget.currency === null
      ? `${format.count(text)} ${meterWord(budget.meter ?? '')}`
      : moneyText({ amount: text, currency: budget.currency });
  const percent = percentOf(budget.used, budget.limit);
  return (
    <div className="budget">
      <p>
        <strong>{t(`usage.strength.${budget.strength}`)}</strong> · {t(`usage.cadence.${budget.cadence}`)} ·{' '}
        {t('usage.usedOf', { used: amount(budget.used), limit: amount(budget.limit) })}
      </p>
      <span
        className={percent >= 100 ? 'meter full' : percent >= 80 ? 'meter high' : 'meter'}
        role="meter"
        aria-label={t('usage.usedOf', { used: amount(budget.used), limit: amount(budget.limit) })}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${percent}%` }} />
      </span>
      <p className="muted small">
        {budget.forecast === null
          ? t('usage.noForecast')
          : t('usage.forecast', { total: amount(budget.forecast.total) })}
        {mayEnd && (
          <Button type="link" size="small" loading={end.isPending} onClick={() => end.mutate(budget.budget_id)}>
            {t('usage.endBudget')}
          </Button>
        )}
      </p>
      {end.isError && <ProblemAlert error={end.error} />}
    </div>
  );
}

type Values = Pick<NewUsageBudget, 'limit' | 'strength' | 'cadence'>;

function NewBudget({
  agreement,
  open,
  onClose,
}: {
  readonly agreement: Agreement;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const set = useAction((body: NewUsageBudget, headers) => setBudget({ body, headers, throwOnError: true }), {
    onDone: () => {
      onClose();
      say(t('usage.budgetSet'));
    },
  });
  const { currency } = agreement.plan;
  return (
    <Modal
      open={open}
      title={t('usage.setBudget')}
      okText={t('usage.setBudget')}
      okButtonProps={{ loading: set.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ strength: 'soft', cadence: 'month' }}
        onFinish={(values) => set.mutate({ agreement_id: agreement.id, currency, ...values })}
      >
        <Form.Item
          name="limit"
          label={t('usage.limit', { currency })}
          rules={[{ required: true, pattern: /^\d{1,12}(?:\.\d{1,2})?$/, message: t('usage.limitFault') }]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item name="cadence" label={t('usage.per')}>
          <Select
            aria-label={t('usage.per')}
            options={(['day', 'month'] as const).map((value) => ({ value, label: t(`usage.cadence.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="strength" label={t('usage.whenReached')}>
          <Select
            aria-label={t('usage.whenReached')}
            options={(['soft', 'hard'] as const).map((value) => ({ value, label: t(`usage.strength.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {set.isError && <ProblemAlert error={set.error} />}
    </Modal>
  );
}

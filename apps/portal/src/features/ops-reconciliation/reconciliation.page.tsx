import { getRouteApi } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { ExceptionsBench } from './exceptions-bench.js';
import { PeriodTab } from './period-tab.js';
import { monthBefore } from './reconciliation.rules.js';
import { tabs, type Tab } from './tabs.js';
import { StatementsTab } from './statements-tab.js';
import { ThreeWayTab } from './three-way-tab.js';
import './reconciliation.css';

const route = getRouteApi('/ops/reconciliation');

/** The workbench of the books: what the bank says, what matched nothing, and the month until it is closed. */
export function ReconciliationPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [lastMonth] = useState(() => monthBefore(new Date()));
  const period = search.period ?? lastMonth;
  const tab = search.tab ?? 'exceptions';
  const contents: Readonly<Record<Tab, ReactNode>> = {
    exceptions: (
      <ExceptionsBench
        chosen={search.exception}
        onChoose={(exception) => void navigate({ search: { ...search, exception }, replace: true })}
      />
    ),
    statements: <StatementsTab />,
    threeWay: <ThreeWayTab period={period} />,
    period: <PeriodTab period={period} />,
  };
  return (
    <Page
      title={t('nav.reconciliation')}
      lead={t('opsReconciliation.lead')}
      actions={
        <Input
          type="month"
          aria-label={t('opsReconciliation.month')}
          value={period}
          onChange={({ target }) => {
            if (target.value !== '') void navigate({ search: { ...search, period: target.value } });
          }}
        />
      }
    >
      <Tabs
        label={t('nav.reconciliation')}
        tabs={tabs.map((key) => ({ key, label: t(`opsReconciliation.tab.${key}`), content: contents[key] }))}
        chosen={tab}
        onChoose={(key) => void navigate({ search: { ...search, tab: key } })}
      />
    </Page>
  );
}

import { Button, Skeleton } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { listExceptions, type ReconciliationException } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Tag } from '../../kit/status-tag.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { rowsOf, useCursorList } from '../../kit/use-cursor-list.js';
import { ExceptionCase } from './exception-case.js';
import { neighbour, reasonOf } from './reconciliation.rules.js';

interface ExceptionsBenchProps {
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Bank lines that matched nothing: chosen by mouse or by the keys j and k, worked on at the right. */
export function ExceptionsBench({ chosen, onChoose }: ExceptionsBenchProps) {
  const { t } = useTranslation();
  const list = useCursorList(['exceptions', 'open'], ({ page, signal }) =>
    listExceptions({ query: { limit: 100, ...page }, signal, throwOnError: true }),
  );
  const open = rowsOf(list).filter(({ status }) => status !== 'resolved');
  const current = open.find(({ id }) => id === chosen) ?? open[0];
  const move = (event: KeyboardEvent) => {
    const step = ({ j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 } as const)[event.key];
    const next =
      step &&
      neighbour(
        open.map(({ id }) => id),
        current?.id,
        step,
      );
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
  };
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (current === undefined) {
    return <Empty title={t('opsReconciliation.noExceptions')}>{t('opsReconciliation.noExceptionsHint')}</Empty>;
  }
  return (
    <div className="bench">
      <div>
        <ul className="bench-list" aria-label={t('opsReconciliation.tab.exceptions')}>
          {open.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === current.id}
                onKeyDown={move}
                onClick={() => onChoose(one.id)}
              >
                <ExceptionLine exception={one} />
              </button>
            </li>
          ))}
        </ul>
        <p className="muted">{t('opsReconciliation.keys')}</p>
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('kit.more')}
          </Button>
        )}
      </div>
      <ExceptionCase key={current.id} exception={current} />
    </div>
  );
}

function ExceptionLine({ exception }: { readonly exception: ReconciliationException }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <strong className="money">{format.money(exception.amount)}</strong>
      <span>{exception.counterparty.name ?? exception.remittance}</span>
      <span>
        <Tag tone={exception.overdue ? 'bad' : 'warn'}>{t(`opsReconciliation.reason.${reasonOf(exception)}`)}</Tag>{' '}
        {t('opsReconciliation.age', { count: exception.age.days })}
      </span>
    </>
  );
}

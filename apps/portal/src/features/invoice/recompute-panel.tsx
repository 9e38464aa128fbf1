import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InvoiceDetail } from '@hetao/client';
import { groupDigits, moneyText } from '../../i18n/format.js';
import { Rows } from '../../kit/data-list.js';
import { Panel } from '../../kit/page.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { performAgain } from '../../kit/recompute/perform-again.js';
import type { Recomputation } from '../../kit/recompute/recompute.rules.js';
import { Tag } from '../../kit/status-tag.js';

/** Computes the invoice again in this browser, from what was counted and what was signed, by the exchange's open code. */
export function RecomputePanel({ invoice }: { readonly invoice: InvoiceDetail }) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  const again = useMutation({ mutationFn: () => performAgain(invoice) });
  return (
    <Panel
      title={t('recompute.title')}
      extra={
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          {t('recompute.button')}
        </Button>
      }
    >
      <p className="muted">{t('recompute.lead')}</p>
      {again.isError && <ProblemAlert error={again.error} />}
      {again.isSuccess && again.data.result === undefined && <p className="notice calm">{t('recompute.credit')}</p>}
      {again.isSuccess && again.data.result !== undefined && (
        <div role="status">
          <p>
            <Tag tone={again.data.result.same ? 'good' : 'bad'}>
              {again.data.result.same ? t('recompute.same') : t('recompute.differs')}
            </Tag>
          </p>
          <p className="muted small">
            {t('recompute.from')}{' '}
            {again.data.totals.map(({ meter, quantity }) => `${groupDigits(quantity)} ${meterWord(meter)}`).join(' · ')}
          </p>
          <ComparedLines result={again.data.result} />
        </div>
      )}
    </Panel>
  );
}

/** Line by line: what was billed, what it comes to here. */
function ComparedLines({ result }: { readonly result: Recomputation }) {
  const { t } = useTranslation();
  return (
    <Rows
      label={t('recompute.title')}
      rows={result.lines}
      rowKey={(line) => String(line.lineNo)}
      columns={[
        { key: 'line', title: t('invoice.what'), cell: (line) => line.component },
        {
          key: 'billed',
          title: t('recompute.billed'),
          cell: (line) => moneyText({ amount: line.billed, currency: result.currency }),
          figure: true,
        },
        {
          key: 'here',
          title: t('recompute.here'),
          cell: (line) =>
            line.recomputed === undefined
              ? t('recompute.earlier')
              : moneyText({ amount: line.recomputed, currency: result.currency }),
          figure: true,
        },
        {
          key: 'fits',
          title: t('recompute.fits'),
          cell: (line) =>
            line.recomputed !== undefined && (
              <Tag tone={line.billed === line.recomputed ? 'good' : 'bad'}>
                {line.billed === line.recomputed ? t('recompute.yes') : t('recompute.no')}
              </Tag>
            ),
        },
      ]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  approveWriteOff,
  assignException,
  confirmSuggestion,
  getInvoice,
  proposeWriteOff,
  refuseWriteOff,
  rejectSuggestion,
  resolveException,
  type Money,
  type ReconciliationException,
} from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { InvoiceNumber, shortId, PersonName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { bestFirst, reasonOf } from './reconciliation.rules.js';
import { useWhyText } from './use-why-text.js';

type Exception = ReconciliationException;

/** One bank line that matched nothing: what it says, what it may be, and what can be done with it. */
export function ExceptionCase({ exception }: { readonly exception: Exception }) {
  const { t } = useTranslation();
  return (
    <div>
      <Panel title={<MoneyCell money={exception.amount} />}>
        <DetailHead id={exception.id} path={`/v1/reconciliation/exceptions/${exception.id}`}>
          <StatusTag status={exception.status === 'investigating' ? 'review' : exception.status} />
        </DetailHead>
        <p>{t(`opsReconciliation.reason.${reasonOf(exception)}`)}</p>
        <Why exception={exception} />
        <Facts
          facts={[
            exception.item !== null && {
              label: t('opsReconciliation.named'),
              value: <NamedItem item={exception.item} />,
            },
            { label: t('opsReconciliation.counterparty'), value: exception.counterparty.name ?? '–' },
            { label: t('opsReconciliation.account'), value: exception.counterparty.account ?? '–' },
            { label: t('opsReconciliation.remittance'), value: exception.remittance || '–' },
            { label: t('opsReconciliation.booked'), value: <Time at={exception.booking_date} day /> },
            { label: t('opsInbox.due'), value: <Time at={exception.due_at} near /> },
            { label: t('opsReconciliation.owner'), value: exception.owner ?? '–' },
            exception.note !== null && { label: t('opsReconciliation.note'), value: exception.note },
          ]}
        />
      </Panel>
      <Suggestions exception={exception} />
      <Ways exception={exception} />
    </div>
  );
}

/** What is wrong with the line; what it is about and how much is due stands among the facts. */
function Why({ exception }: { readonly exception: Exception }) {
  const text = useWhyText()(exception);
  return (
    <p className="long-text muted" lang={text === undefined ? 'en' : undefined}>
      {text ?? exception.detail}
    </p>
  );
}

type Item = NonNullable<Exception['item']>;

/** What the line names; of an invoice, what is still to be paid. */
function NamedItem({ item }: { readonly item: Item }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: invoice } = useQuery({
    queryKey: ['invoice', item.id],
    enabled: item.kind === 'invoice',
    queryFn: async ({ signal }) => (await getInvoice({ path: { id: item.id }, signal, throwOnError: true })).data,
  });
  return (
    <>
      <ItemName item={item} />
      {invoice !== undefined && ` · ${t('opsReconciliation.due', { amount: format.money(invoice.outstanding) })}`}
    </>
  );
}

function ItemName({ item: { kind, id } }: { readonly item: Item }) {
  const { t } = useTranslation();
  if (kind !== 'invoice') return <>{`${t(`opsReconciliation.item.${kind}`)} ${shortId(id)}`}</>;
  return (
    <Link to="/invoices/$invoiceId" params={{ invoiceId: id }}>
      {t('opsReconciliation.item.invoice')} <InvoiceNumber id={id} />
    </Link>
  );
}

function Suggestions({ exception }: { readonly exception: Exception }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsReconciliation.suggestions')}>
      {exception.suggestions.length === 0 && <p className="muted">{t('opsReconciliation.noSuggestion')}</p>}
      {bestFirst(exception.suggestions).map((suggestion, index) => (
        <div key={suggestion.id} className="suggestion">
          <p>
            <strong>{t('opsReconciliation.score', { score: suggestion.score })}</strong>{' '}
            <Ground suggestion={suggestion} />
          </p>
          <ul>
            {suggestion.items.map((item) => (
              <li key={item.id}>
                <ItemName item={item} />
              </li>
            ))}
          </ul>
          <div className="actions">
            <ActButton
              primary={index === 0}
              label={t('opsReconciliation.confirm')}
              done={t('opsReconciliation.confirmed')}
              act={(headers) => confirmSuggestion({ path: { id: suggestion.id }, headers, throwOnError: true })}
            />
            <ActButton
              label={t('opsReconciliation.reject')}
              done={t('opsReconciliation.rejected')}
              act={() => rejectSuggestion({ path: { id: suggestion.id }, throwOnError: true })}
            />
          </div>
        </div>
      ))}
    </Panel>
  );
}

/** What speaks for it; what was suggested before this was told by a code says it in the exchange's own words. */
function Ground({ suggestion: { ground, reason } }: { readonly suggestion: Exception['suggestions'][number] }) {
  const { t } = useTranslation();
  return (
    <span lang={ground === null ? 'en' : undefined} className="muted">
      {ground === null ? reason : t(`opsReconciliation.ground.${ground}`)}
    </span>
  );
}

/** Where the money goes when no suggestion fits. A write-off needs a second person. */
function Ways({ exception }: { readonly exception: Exception }) {
  const { t } = useTranslation();
  const call = { path: { id: exception.id }, throwOnError: true } as const;
  const invoice = exception.item?.kind === 'invoice' ? exception.item.id : undefined;
  return (
    <Panel title={t('opsReconciliation.ways')}>
      <div className="actions">
        <ActButton
          label={t('opsReconciliation.take')}
          done={t('opsReconciliation.taken')}
          disabled={exception.owner === signedIn().account_id}
          act={() => assignException({ ...call, body: { owner: signedIn().account_id } })}
        />
        {invoice !== undefined && exception.side === 'credit' && (
          <PartPayment exception={exception} invoice={invoice} />
        )}
        {exception.side === 'credit' && (
          <ActButton
            label={t('opsReconciliation.creditOnAccount')}
            done={t('opsReconciliation.resolved')}
            act={(headers) => resolveException({ ...call, body: { action: 'credit_on_account' }, headers })}
          />
        )}
        {exception.side === 'debit' && (
          <ActButton
            label={t('opsReconciliation.bankFee')}
            done={t('opsReconciliation.resolved')}
            act={(headers) => resolveException({ ...call, body: { action: 'bank_fee' }, headers })}
          />
        )}
        {exception.write_off === null && (
          <AskReason
            label={t('opsReconciliation.writeOff')}
            hint={t('opsReconciliation.writeOffHint')}
            done={t('opsReconciliation.writeOffProposed')}
            act={(reason) => proposeWriteOff({ ...call, body: { reason } })}
          />
        )}
      </div>
      {exception.write_off !== null && <WriteOff exception={exception} writeOff={exception.write_off} />}
    </Panel>
  );
}

/** All of the money onto the invoice it names: what is missing stays due. */
function PartPayment({ exception, invoice }: { readonly exception: Exception; readonly invoice: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { amount } = exception;
  return (
    <ActButton
      label={t('opsReconciliation.allocate', { amount: format.money(amount) })}
      done={t('opsReconciliation.resolved')}
      act={(headers) =>
        resolveException({
          path: { id: exception.id },
          body: {
            action: 'allocate',
            allocations: [{ invoice_id: invoice, amount: amount as Money }],
          },
          headers,
          throwOnError: true,
        })
      }
    />
  );
}

interface WriteOffProps {
  readonly exception: Exception;
  readonly writeOff: NonNullable<Exception['write_off']>;
}

function WriteOff({ exception, writeOff }: WriteOffProps) {
  const { t } = useTranslation();
  const call = { path: { id: exception.id }, throwOnError: true } as const;
  return (
    <>
      <p className="notice calm">
        <PersonName id={writeOff.proposed_by} /> {t('opsReconciliation.writeOffBy', { reason: writeOff.reason })}
      </p>
      <div className="actions">
        <ActButton
          label={t('opsReconciliation.approveWriteOff')}
          done={t('opsReconciliation.resolved')}
          act={(headers) => approveWriteOff({ ...call, headers })}
        />
        <ActButton
          label={t('opsReconciliation.refuseWriteOff')}
          done={t('opsReconciliation.writeOffRefused')}
          act={() => refuseWriteOff(call)}
        />
      </div>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideDispute, listAgreementDisputes, listDisputes, mediateDispute, type Dispute } from '@hetao/client';
import { AskReason } from '../../kit/ask-reason.js';
import { Facts } from '../../kit/detail.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { InvoiceNumber, OrganisationName, shortId } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

const STATES = ['open', 'upheld', 'rejected'] as const;
const MOST = 100;

/** What buyers dispute on invoices, and what the parties of licences dispute between them. */
export function DisputesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.disputes')} lead={t('opsDisputes.lead')}>
      <InvoiceDisputes />
      <AgreementDisputes />
    </Page>
  );
}

function InvoiceDisputes() {
  const { t } = useTranslation();
  const id = useId();
  const [status, setStatus] = useState<(typeof STATES)[number]>('open');
  const query = useQuery({
    queryKey: ['invoice-disputes', status],
    queryFn: async ({ signal }) =>
      (await listDisputes({ query: { status, limit: MOST }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel
      title={t('opsInbox.queues.invoiceDisputes')}
      extra={
        <Select
          id={id}
          aria-label={t('kit.status')}
          value={status}
          options={STATES.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={setStatus}
          popupMatchSelectWidth={false}
        />
      }
    >
      <Loaded query={query}>
        {(disputes) =>
          disputes.length === 0 ? (
            <Empty title={t('opsDisputes.none')}>{t('opsDisputes.noneHint')}</Empty>
          ) : (
            disputes.map((dispute) => <InvoiceDispute key={dispute.id} dispute={dispute} />)
          )
        }
      </Loaded>
    </Panel>
  );
}

function InvoiceDispute({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation();
  const decide =
    (outcome: 'upheld' | 'rejected') => (reason: string, headers: { readonly 'Idempotency-Key': string }) =>
      decideDispute({ path: { id: dispute.id }, body: { outcome, reason }, headers, throwOnError: true });
  return (
    <article aria-label={shortId(dispute.id)}>
      <h3>
        <Link to="/invoices/$invoiceId" params={{ invoiceId: dispute.invoice_id }}>
          <InvoiceNumber id={dispute.invoice_id} /> · {t('opsDisputes.line', { line: dispute.line_no })}
        </Link>{' '}
        <StatusTag status={dispute.status} />
      </h3>
      <p className="long-text">{dispute.reason}</p>
      <Facts
        facts={[
          { label: t('opsDisputes.net'), value: <MoneyCell money={dispute.net} /> },
          { label: t('opsDisputes.tax'), value: <MoneyCell money={dispute.tax} /> },
          { label: t('opsInbox.since'), value: <Time at={dispute.opened_at} near /> },
          dispute.decision !== null && { label: t('opsDisputes.decision'), value: dispute.decision },
          dispute.credit_note_id !== null && { label: t('opsDisputes.creditNote'), value: dispute.credit_note_id },
        ]}
      />
      {dispute.status === 'open' && (
        <div className="actions">
          <AskReason
            label={t('opsDisputes.uphold')}
            hint={t('opsDisputes.upholdHint')}
            done={t('opsDisputes.decided')}
            act={decide('upheld')}
          />
          <AskReason
            danger
            label={t('opsDisputes.reject')}
            hint={t('opsDisputes.rejectHint')}
            done={t('opsDisputes.decided')}
            act={decide('rejected')}
          />
        </div>
      )}
    </article>
  );
}

function AgreementDisputes() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['agreement-disputes'],
    queryFn: async ({ signal }) =>
      (await listAgreementDisputes({ query: { limit: MOST }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('opsInbox.queues.agreementDisputes')}>
      <Loaded query={query}>
        {(disputes) =>
          disputes.length === 0 ? (
            <Empty title={t('opsDisputes.none')}>{t('opsDisputes.noneHint')}</Empty>
          ) : (
            disputes.map((dispute) => (
              <article key={dispute.id} aria-label={shortId(dispute.id)}>
                <h3>
                  <Link to="/contracts/$agreementId" params={{ agreementId: dispute.agreement_id }}>
                    {t(`opsDisputes.ground.${dispute.ground}`)} · {t('invoice.toLicence')}
                  </Link>{' '}
                  <StatusTag status={dispute.status} />
                </h3>
                <p className="long-text">{dispute.claim}</p>
                <Facts
                  facts={[
                    { label: t('persona.buyer'), value: <OrganisationName id={dispute.buyer_id} /> },
                    { label: t('persona.merchant'), value: <OrganisationName id={dispute.merchant_id} /> },
                    { label: t('opsInbox.since'), value: <Time at={dispute.opened_at} near /> },
                    dispute.proposal !== null && { label: t('opsDisputes.proposal'), value: dispute.proposal.terms },
                  ]}
                />
                {(dispute.status === 'open' || dispute.status === 'answered') && (
                  <AskReason
                    label={t('opsDisputes.mediate')}
                    hint={t('opsDisputes.mediateHint')}
                    done={t('opsDisputes.mediating')}
                    act={(said) => mediateDispute({ path: { id: dispute.id }, body: { said }, throwOnError: true })}
                  />
                )}
              </article>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}

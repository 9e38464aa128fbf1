import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreeToAccess, type AccessRequest, type Offer } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { CounterForm } from './counter-form.js';
import { DeclineForm } from './decline-form.js';

/** Agree, offer other terms, or decline; what was answered already only says so. */
export function DecidePanel({ request, offer }: { readonly request: AccessRequest; readonly offer: Offer }) {
  const { t } = useTranslation();
  if (request.status === 'requested' && request.offered_by === 'buyer') {
    return <Decision request={request} offer={offer} />;
  }
  return (
    <Panel title={t('queue.decide')}>
      <p>{request.status === 'requested' ? t('queue.waitsForBuyer') : t('queue.done')}</p>
      {request.reason !== null && <p className="long-text muted">{request.reason}</p>}
      {request.agreement_id !== null && (
        <Link to="/contracts/$agreementId" params={{ agreementId: request.agreement_id }} className="button wide">
          {t('request.toContract')}
        </Link>
      )}
      <Link to="/requests/$requestId" params={{ requestId: request.id }} className="button second wide">
        {t('queue.talks')}
      </Link>
    </Panel>
  );
}

function Decision({ request, offer }: { readonly request: AccessRequest; readonly offer: Offer }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'counter' | 'decline'>();
  const agree = useAction((id: string) => agreeToAccess({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('queue.agreed')),
  });
  return (
    <Panel title={t('queue.decide')}>
      {agree.isError && <ProblemAlert error={agree.error} />}
      <div className="actions">
        <Button type="primary" block loading={agree.isPending} onClick={() => agree.mutate(request.id)}>
          {t('queue.agree')}
        </Button>
        <Button onClick={() => setOpen('counter')}>{t('queue.counter')}</Button>
        <Button danger onClick={() => setOpen('decline')}>
          {t('queue.decline')}
        </Button>
      </div>
      <p className="muted small">{t('queue.agreeHint')}</p>
      <CounterForm request={request} offer={offer} open={open === 'counter'} onClose={() => setOpen(undefined)} />
      <DeclineForm request={request} open={open === 'decline'} onClose={() => setOpen(undefined)} />
    </Panel>
  );
}

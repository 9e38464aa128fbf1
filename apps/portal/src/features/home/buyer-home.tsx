import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listAccessRequests, listAgreements, listApprovals, listInvoices } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { buyerNeeds, outstandingOf, type BuyerWork } from './buyer-needs.rules.js';
import { Needs, NumberCard, type Need } from './needs.js';

/** The newest of each kind: more than this nobody leaves open. */
const NEWEST = 100;

/** A buyer's day. */
export function BuyerHome() {
  const { t } = useTranslation();
  const work = useQuery({
    queryKey: ['buyer-work'],
    queryFn: async ({ signal }): Promise<BuyerWork> => {
      const query = { limit: NEWEST };
      const [requests, agreements, invoices, approvals] = await Promise.all([
        listAccessRequests({ query, signal, throwOnError: true }),
        listAgreements({ query, signal, throwOnError: true }),
        listInvoices({ query, signal, throwOnError: true }),
        listApprovals({ query: { limit: NEWEST, status: 'pending' }, signal, throwOnError: true }),
      ]);
      return {
        requests: requests.data.data,
        agreements: agreements.data.data,
        invoices: invoices.data.data,
        approvals: approvals.data.data,
      };
    },
  });
  return (
    <Loaded query={work} rows={8}>
      {(data) => (
        <>
          <BuyerNeeds work={data} />
          <BuyerNumbers work={data} />
          <p>
            <Link to="/catalog">{t('home.find')}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
}

function BuyerNeeds({ work }: { readonly work: BuyerWork }) {
  const { t } = useTranslation();
  const open = buyerNeeds(work);
  const needs: readonly Need[] = [
    {
      key: 'sign',
      count: open.sign.length,
      title: t('home.buyer.sign', { count: open.sign.length }),
      hint: t('home.buyer.signHint'),
      tone: 'waiting',
      to: { to: '/contracts', search: { status: 'awaiting_signatures' } },
    },
    {
      key: 'offered',
      count: open.offered.length,
      title: t('home.buyer.offered', { count: open.offered.length }),
      hint: t('home.buyer.offeredHint'),
      tone: 'waiting',
      to: { to: '/requests', search: { status: 'requested' } },
    },
    {
      key: 'approval',
      count: open.approvals.length,
      title: t('home.buyer.approval', { count: open.approvals.length }),
      hint: t('home.buyer.approvalHint'),
      tone: 'waiting',
      to: { to: '/contracts', search: { status: 'awaiting_signatures' } },
    },
    {
      key: 'overdue',
      count: open.overdue.length,
      title: t('home.buyer.overdue', { count: open.overdue.length }),
      hint: t('home.buyer.dueHint'),
      tone: 'bad',
      to: { to: '/invoices', search: { status: 'overdue' } },
    },
    {
      key: 'due',
      count: open.due.length,
      title: t('home.buyer.due', { count: open.due.length }),
      hint: t('home.buyer.dueHint'),
      tone: 'warn',
      to: { to: '/invoices', search: { status: 'issued' } },
    },
  ];
  return <Needs needs={needs} pending={false} />;
}

function BuyerNumbers({ work }: { readonly work: BuyerWork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const inForce = work.agreements.filter(({ status }) => status === 'in_force').length;
  const owed = outstandingOf(work.invoices);
  const { due, overdue } = buyerNeeds(work);
  return (
    <section className="three" aria-label={t('home.numbersTitle')}>
      <NumberCard name={t('home.contractsInForce')} figure={format.count(inForce)} />
      <NumberCard name={t('home.openInvoices')} figure={format.count(due.length + overdue.length)} />
      <NumberCard name={t('home.outstanding')} figure={owed.map(format.money).join(' · ') || '–'} />
    </section>
  );
}

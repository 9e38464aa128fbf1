import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { newsOfBuyer } from '../../kit/news/news.rules.js';
import { buyerNeeds, outstandingOf, type BuyerWork } from '../../kit/work/buyer-work.rules.js';
import { useBuyerWork } from '../../kit/work/use-work.js';
import { Latest } from './latest.js';
import { Needs, NumberCard, type Need } from './needs.js';

/** A buyer's day. */
export function BuyerHome() {
  const { t } = useTranslation();
  const work = useBuyerWork();
  return (
    <Loaded query={work} rows={8}>
      {(data) => (
        <>
          <BuyerNeeds work={data} />
          <BuyerNumbers work={data} />
          <Latest news={newsOfBuyer(data)} />
          <p>
            <Link to="/catalog" className="button">
              {t('home.find')}
            </Link>
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
      <NumberCard
        name={t('home.contractsInForce')}
        figure={format.count(inForce)}
        to={{ to: '/contracts', search: { status: 'in_force' } }}
      />
      <NumberCard
        name={t('home.openInvoices')}
        figure={format.count(due.length + overdue.length)}
        to={{ to: '/invoices' }}
      />
      <NumberCard
        name={t('home.outstanding')}
        figure={owed.map(format.money).join(' · ') || '–'}
        to={{ to: '/invoices' }}
      />
    </section>
  );
}

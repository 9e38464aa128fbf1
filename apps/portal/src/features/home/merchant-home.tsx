import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { newsOfMerchant } from '../../kit/news/news.rules.js';
import { lastPaid, merchantNeeds, type MerchantWork } from '../../kit/work/merchant-work.rules.js';
import { useMerchantWork } from '../../kit/work/use-work.js';
import { Latest } from './latest.js';
import { Needs, NumberCard, type Need } from './needs.js';

/** A merchant's day. */
export function MerchantHome() {
  const work = useMerchantWork();
  return (
    <Loaded query={work} rows={8}>
      {(data) => (
        <>
          <MerchantNeeds work={data} />
          <MerchantNumbers work={data} />
          <Latest news={newsOfMerchant(data)} />
        </>
      )}
    </Loaded>
  );
}

function MerchantNeeds({ work }: { readonly work: MerchantWork }) {
  return <Needs needs={[...useDealNeeds(work), ...useHouseNeeds(work)]} pending={false} />;
}

/** What buyers wait for. */
function useDealNeeds(work: MerchantWork): readonly Need[] {
  const { t } = useTranslation();
  const open = merchantNeeds(work);
  return [
    {
      key: 'requests',
      count: open.requests.length,
      title: t('merchantHome.request', { count: open.requests.length }),
      hint: t('merchantHome.requestHint'),
      tone: 'waiting',
      to: { to: '/merchant/requests', search: { status: 'requested' } },
    },
    {
      key: 'sign',
      count: open.sign.length,
      title: t('merchantHome.sign', { count: open.sign.length }),
      hint: t('merchantHome.signHint'),
      tone: 'waiting',
      to: { to: '/contracts', search: { status: 'awaiting_signatures' } },
    },
    {
      key: 'approvals',
      count: open.approvals.length,
      title: t('merchantHome.approval', { count: open.approvals.length }),
      hint: t('merchantHome.approvalHint'),
      tone: 'waiting',
      to: { to: '/contracts', search: { status: 'awaiting_signatures' } },
    },
  ];
}

/** What is between the merchant, the exchange and the bank. */
function useHouseNeeds(work: MerchantWork): readonly Need[] {
  const { t } = useTranslation();
  const open = merchantNeeds(work);
  return [
    {
      key: 'returned',
      count: open.returned.length,
      title: t('merchantHome.returned', { count: open.returned.length }),
      hint: t('merchantHome.returnedHint'),
      tone: 'warn',
      to: { to: '/merchant/listings', search: { status: 'returned' } },
    },
    {
      key: 'declarations',
      count: open.declarations.length,
      title: t('merchantHome.answer', { count: open.declarations.length }),
      hint: t('merchantHome.answerHint'),
      tone: 'warn',
      to: declarationsToAnswer(open.declarations),
    },
    {
      key: 'payouts',
      count: open.payouts.length,
      title: t('merchantHome.payout', { count: open.payouts.length }),
      hint: t('merchantHome.payoutHint'),
      tone: 'bad',
      to: { to: '/merchant/payouts' },
    },
    {
      key: 'onboarding',
      count: open.onboarding ? 1 : 0,
      title: t('merchantHome.onboarding'),
      hint: t('merchantHome.onboardingHint'),
      tone: 'warn',
      to: { to: '/merchant/onboarding' },
    },
    {
      key: 'drafts',
      count: open.drafts.length,
      title: t('merchantHome.draft', { count: open.drafts.length }),
      hint: t('merchantHome.draftHint'),
      tone: 'draft',
      to: { to: '/merchant/listings', search: { status: 'draft' } },
    },
  ];
}

/** A single one is opened where it is answered. */
function declarationsToAnswer([first, ...others]: MerchantWork['returnedDeclarations']): Need['to'] {
  if (first === undefined || others.length > 0) return { to: '/declarations', search: { status: 'returned' } };
  return { to: '/declarations/$declarationId/edit', params: { declarationId: first.id } };
}

function MerchantNumbers({ work }: { readonly work: MerchantWork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const paid = lastPaid(work.payouts);
  const inForce = work.agreements.filter(({ status }) => status === 'in_force').length;
  const listed = work.products.filter(({ status }) => status === 'listed').length;
  return (
    <section className="three" aria-label={t('home.numbersTitle')}>
      <NumberCard
        name={t('merchantHome.licences')}
        figure={format.count(inForce)}
        to={{ to: '/contracts', search: { status: 'in_force' } }}
      />
      <NumberCard
        name={t('merchantHome.listed')}
        figure={format.count(listed)}
        to={{ to: '/merchant/listings', search: { status: 'listed' } }}
      />
      <NumberCard
        name={
          paid === undefined
            ? t('merchantHome.paidOutNever')
            : t('merchantHome.paidOut', { month: format.month(paid.month) })
        }
        figure={paid?.sums.map(format.money).join(' · ') ?? '–'}
        to={{ to: '/merchant/payouts' }}
      />
    </section>
  );
}

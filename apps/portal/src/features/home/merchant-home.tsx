import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  getParticipant,
  listAccessRequests,
  listAgreements,
  listApprovals,
  listPayouts,
  listProducts,
} from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { lastPaid, merchantNeeds, type MerchantWork } from './merchant-needs.rules.js';
import { Needs, NumberCard, type Need } from './needs.js';

/** The newest of each kind: more than this nobody leaves open. */
const NEWEST = 100;

/** A merchant's day. */
export function MerchantHome() {
  const { organisation_id: id } = signedIn();
  const work = useQuery({
    queryKey: ['merchant-work', id],
    queryFn: async ({ signal }): Promise<MerchantWork> => {
      const options = { query: { limit: NEWEST }, signal, throwOnError: true } as const;
      const [requests, agreements, products, payouts, approvals, organisation] = await Promise.all([
        listAccessRequests(options),
        listAgreements(options),
        listProducts({ ...options, query: { limit: NEWEST, merchant_id: id } }),
        listPayouts(options),
        listApprovals({ ...options, query: { limit: NEWEST, status: 'pending' } }),
        getParticipant({ path: { id }, signal, throwOnError: true }),
      ]);
      return {
        requests: requests.data.data.filter(({ merchant_id }) => merchant_id === id),
        agreements: agreements.data.data.filter(({ merchant_id }) => merchant_id === id),
        products: products.data.data,
        payouts: payouts.data.data,
        approvals: approvals.data.data,
        organisation: organisation.data,
      };
    },
  });
  return (
    <Loaded query={work} rows={8}>
      {(data) => (
        <>
          <MerchantNeeds work={data} />
          <MerchantNumbers work={data} />
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

function MerchantNumbers({ work }: { readonly work: MerchantWork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const paid = lastPaid(work.payouts);
  const inForce = work.agreements.filter(({ status }) => status === 'in_force').length;
  const listed = work.products.filter(({ status }) => status === 'listed').length;
  return (
    <section className="three" aria-label={t('home.numbersTitle')}>
      <NumberCard name={t('merchantHome.licences')} figure={format.count(inForce)} />
      <NumberCard name={t('merchantHome.listed')} figure={format.count(listed)} />
      <NumberCard
        name={
          paid === undefined
            ? t('merchantHome.paidOutNever')
            : t('merchantHome.paidOut', { month: format.month(paid.month) })
        }
        figure={paid?.sums.map(format.money).join(' · ') ?? '–'}
      />
    </section>
  );
}

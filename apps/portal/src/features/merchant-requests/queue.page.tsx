import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listAccessRequests, type AccessRequest } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { usePurposeWord } from '../../kit/plan-terms.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { requestStatuses } from '../../kit/request-statuses.js';
import { usePolicyAnswer } from './use-policy-answer.js';

const route = getRouteApi('/merchant/requests');

/** Who wants what of the merchant, with the answer of the policy beside each. */
export function QueuePage() {
  const { t } = useTranslation();
  const columns = useQueueColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['access-requests', search], ({ page, signal }) =>
    listAccessRequests({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('queue.title')} lead={t('queue.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={requestStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('queue.title')}
        list={list}
        rowKey={(row) => row.id}
        file="access-requests"
        empty={
          <Empty title={t('queue.none')} action={<Link to="/merchant/offers">{t('queue.toOffers')}</Link>}>
            {t('queue.noneHint')}
          </Empty>
        }
        columns={columns}
      />
    </Page>
  );
}

/** The verdict in a word; the clauses stand on the request's own page. */
function PolicyWord({ request }: { readonly request: AccessRequest }) {
  const { t } = useTranslation();
  const { data } = usePolicyAnswer(request);
  if (data === undefined) return <span className="muted">…</span>;
  return data.decision.permitted ? (
    <Tag tone="good">{t('queue.permits')}</Tag>
  ) : (
    <Tag tone="bad">{t('queue.forbids')}</Tag>
  );
}

/** Who asks for what, what the policy says, how far it is. */
function useQueueColumns(): readonly Column<AccessRequest>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return [
    {
      key: 'buyer',
      title: t('persona.buyer'),
      cell: (row) => (
        <Link to="/merchant/requests/$requestId" params={{ requestId: row.id }}>
          <OrganisationName id={row.buyer_id} />
        </Link>
      ),
      text: (row) => row.buyer_id,
    },
    {
      key: 'product',
      title: t('kit.product'),
      cell: (row) => <ProductName id={row.product_id} />,
      text: (row) => row.product_id,
    },
    {
      key: 'purpose',
      title: t('request.purpose'),
      cell: (row) => purposeWord(row.purpose),
      text: (row) => row.purpose,
    },
    {
      key: 'place',
      title: t('request.place'),
      cell: (row) => format.place(row.place_of_use),
      text: (row) => row.place_of_use,
    },
    { key: 'answer', title: t('queue.answer'), cell: (row) => <PolicyWord request={row} /> },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'asked',
      title: t('request.asked'),
      cell: (row) => <Time at={row.requested_at} near />,
      text: (row) => row.requested_at,
    },
  ];
}

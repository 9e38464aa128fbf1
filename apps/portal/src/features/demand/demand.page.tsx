import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listDemands, type Demand } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { MoneyCell } from '../../kit/money-cell.js';
import { OrganisationName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { demandStatuses } from './demand.rules.js';
import { PostDemand } from './post-demand.js';

const route = getRouteApi('/demand');

/** What buyers look for and nobody sells yet; merchants answer. */
export function DemandPage() {
  const { t } = useTranslation();
  const columns = useDemandColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [posting, setPosting] = useState(false);
  const list = useCursorList(['demands', search], ({ page, signal }) =>
    listDemands({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  const post = isOneOf(['buyer']) && (
    <Button type="primary" onClick={() => setPosting(true)}>
      {t('demand.post')}
    </Button>
  );
  return (
    <Page title={t('nav.demand')} lead={t('demand.lead')} actions={post}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={demandStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('nav.demand')}
        list={list}
        rowKey={(row) => row.id}
        file="demands"
        empty={<Empty title={t('demand.none')}>{t('demand.noneHint')}</Empty>}
        columns={columns}
      />
      {isOneOf(['buyer']) && <PostDemand open={posting} onClose={() => setPosting(false)} />}
    </Page>
  );
}

/** What is looked for, by whom, until when. */
function useDemandColumns(): readonly Column<Demand>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'title',
      title: t('demand.title'),
      cell: (row) => (
        <Link to="/demand/$demandId" params={{ demandId: row.id }} lang={row.language}>
          {row.title}
        </Link>
      ),
      text: (row) => row.title,
    },
    {
      key: 'buyer',
      title: t('persona.buyer'),
      cell: (row) => <OrganisationName id={row.buyer_id} />,
      text: (row) => row.buyer_id,
    },
    {
      key: 'place',
      title: t('request.place'),
      cell: (row) => format.place(row.place_of_use),
      text: (row) => row.place_of_use,
    },
    { key: 'budget', title: t('demand.budget'), cell: (row) => <MoneyCell money={row.budget} />, figure: true },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'until',
      title: t('demand.openUntil'),
      cell: (row) => <Time at={row.open_until} day />,
      text: (row) => row.open_until,
    },
  ];
}

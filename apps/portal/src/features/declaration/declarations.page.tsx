import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listDeclarations, type Declaration } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { OrganisationName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { declarationStatuses } from './declaration.rules.js';

const route = getRouteApi('/declarations');

/** Data-export declarations: how far each is, and which clock runs. */
export function DeclarationsPage() {
  const { t } = useTranslation();
  const columns = useDeclarationColumns();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['declarations', search], ({ page, signal }) =>
    listDeclarations({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page
      title={t('nav.declarations')}
      lead={t('declaration.lead')}
      actions={
        <>
          <Link to="/customs/check">{t('nav.customsCheck')}</Link>
          {isOneOf(['merchant']) && (
            <Link to="/declarations/new" className="button">
              {t('declaration.begin')}
            </Link>
          )}
        </>
      }
    >
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={declarationStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => void navigate({ search: status === undefined ? {} : { status } })}
        />
      </Filters>
      <DataList
        label={t('nav.declarations')}
        list={list}
        rowKey={(row) => row.id}
        file="declarations"
        empty={
          <Empty title={t('declaration.none')} action={<Link to="/customs/check">{t('nav.customsCheck')}</Link>}>
            {t('declaration.noneHint')}
          </Empty>
        }
        columns={columns}
      />
    </Page>
  );
}

/** What crosses, for whom, and what is due when. */
function useDeclarationColumns(): readonly Column<Declaration>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'title',
      title: t('declaration.title'),
      cell: (row) => (
        <Link to="/declarations/$declarationId" params={{ declarationId: row.id }}>
          {row.title}
        </Link>
      ),
      text: (row) => row.title,
    },
    {
      key: 'exporter',
      title: t('declaration.exporter'),
      cell: (row) => <OrganisationName id={row.exporter_id} />,
      text: (row) => row.exporter_id,
    },
    {
      key: 'recipient',
      title: t('declaration.recipient'),
      cell: (row) => <OrganisationName id={row.recipient_id} />,
      text: (row) => row.recipient_id,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: (row) => <StatusTag status={row.status} />,
      text: (row) => row.status,
    },
    {
      key: 'due',
      title: t('declaration.due'),
      cell: (row) => <Time at={row.next_due} day />,
      text: (row) => row.next_due ?? '',
    },
  ];
}

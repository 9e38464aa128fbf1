import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listAuditEntries, type AuditEntry } from '@hetao/client';
import { without } from '../../app/search.js';
import { CopyText } from '../../kit/copy-text.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect, FilterText } from '../../kit/filters.js';
import { OrganisationName } from '../../kit/names.js';
import { Page } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';

const route = getRouteApi('/audit');
const texts = ['actor', 'object', 'request_id'] as const;

/** Who did what at the door, newest first; each entry is chained to the one before it. */
export function AuditPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['audit', search], ({ page, signal }) =>
    listAuditEntries({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page
      title={t('nav.audit')}
      lead={t('auditSearch.lead')}
      actions={<Button href="/v1/audit-entries/export">{t('auditSearch.export')}</Button>}
    >
      <Filters>
        {texts.map((name) => (
          <FilterText
            key={name}
            label={t(`auditSearch.by.${name}`)}
            value={search[name]}
            onChange={(value) =>
              void navigate({ search: value === undefined ? without(search, name) : { ...search, [name]: value } })
            }
          />
        ))}
        <FilterSelect
          label={t('auditSearch.result')}
          value={search.result}
          options={(['done', 'refused'] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(result) =>
            void navigate({ search: result === undefined ? without(search, 'result') : { ...search, result } })
          }
        />
      </Filters>
      <DataList
        label={t('nav.audit')}
        list={list}
        rowKey={({ id }) => id}
        file="audit"
        empty={<Empty title={t('auditSearch.none')}>{t('auditSearch.noneHint')}</Empty>}
        columns={useAuditColumns()}
      />
    </Page>
  );
}

function useAuditColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'action',
      title: t('auditSearch.action'),
      cell: ({ action }) => <code>{action}</code>,
      text: ({ action }) => action,
    },
    { key: 'at', title: t('auditSearch.at'), cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
    {
      key: 'actor',
      title: t('auditSearch.by.actor'),
      cell: ({ actor }) => <CopyText text={actor.subject} short />,
      text: ({ actor }) => actor.subject,
    },
    {
      key: 'organisation',
      title: t('opsParticipants.name'),
      cell: ({ organisation_id: id }) => <OrganisationName id={id} />,
      text: (entry) => entry.organisation_id,
    },
    {
      key: 'object',
      title: t('auditSearch.by.object'),
      cell: ({ object }) => <CopyText text={object} short />,
      text: ({ object }) => object,
    },
    {
      key: 'result',
      title: t('auditSearch.result'),
      cell: ({ result }) => <Tag tone={result === 'done' ? 'good' : 'bad'}>{t(`status.${result}`)}</Tag>,
      text: ({ result }) => result,
    },
    {
      key: 'hash',
      title: t('auditSearch.hash'),
      cell: ({ hash }) => <CopyText text={hash} short />,
      text: ({ hash }) => hash,
    },
  ];
}

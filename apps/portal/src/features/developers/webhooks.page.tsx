import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  listWebhookDeliveries,
  listWebhookEndpoints,
  replayWebhookDelivery,
  testWebhookEndpoint,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { Rows, DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { AddEndpoint } from './add-endpoint.js';

/** Where the organisation is told of what happens, and what became of every message. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const endpoints = useQuery({
    queryKey: ['webhook-endpoints'],
    queryFn: async ({ signal }) => (await listWebhookEndpoints({ signal, throwOnError: true })).data.data,
  });
  return (
    <Page
      title={t('nav.webhooks')}
      lead={t('developers.webhooksLead')}
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('developers.addEndpoint')}
        </Button>
      }
    >
      <Panel title={t('developers.endpoints')}>
        <Loaded query={endpoints}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={t('developers.noEndpoint')}>{t('developers.noEndpointHint')}</Empty>
            ) : (
              <Endpoints endpoints={list} />
            )
          }
        </Loaded>
      </Panel>
      <Deliveries />
      <AddEndpoint open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function Endpoints({ endpoints }: { readonly endpoints: readonly WebhookEndpoint[] }) {
  const { t } = useTranslation();
  const test = useAction((id: string, headers) => testWebhookEndpoint({ path: { id }, headers, throwOnError: true }), {
    onDone: () => say(t('developers.tested')),
  });
  return (
    <>
      <Rows
        label={t('developers.endpoints')}
        rows={endpoints}
        rowKey={(row) => row.id}
        columns={[
          { key: 'url', title: t('developers.url'), cell: (row) => <code className="wrap">{row.url}</code> },
          { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.status} /> },
          {
            key: 'types',
            title: t('developers.types'),
            cell: (row) => (row.types.length === 0 ? t('developers.everything') : row.types.join(' · ')),
          },
          {
            key: 'test',
            title: t('developers.test'),
            cell: (row) => (
              <Button size="small" loading={test.isPending} onClick={() => test.mutate(row.id)}>
                {t('developers.test')}
              </Button>
            ),
          },
        ]}
      />
      {test.isError && <ProblemAlert error={test.error} />}
    </>
  );
}

function Deliveries() {
  const { t } = useTranslation();
  const columns = useDeliveryColumns();
  const list = useCursorList(['webhook-deliveries'], ({ page, signal }) =>
    listWebhookDeliveries({ query: page, signal, throwOnError: true }),
  );
  return (
    <Panel title={t('developers.deliveries')}>
      <DataList
        label={t('developers.deliveries')}
        list={list}
        rowKey={(row) => row.id}
        file="webhook-deliveries"
        columns={columns}
        empty={<Empty title={t('developers.noDeliveries')} />}
      />
    </Panel>
  );
}

function useDeliveryColumns(): readonly Column<WebhookDelivery>[] {
  const { t } = useTranslation();
  const replay = useAction(
    (id: string, headers) => replayWebhookDelivery({ path: { id }, headers, throwOnError: true }),
    { onDone: () => say(t('developers.replayed')) },
  );
  return [
    {
      key: 'type',
      title: t('developers.type'),
      cell: (row) => <code className="wrap">{row.type}</code>,
      text: (row) => row.type,
    },
    { key: 'state', title: t('kit.status'), cell: (row) => <StatusTag status={row.state} />, text: (row) => row.state },
    {
      key: 'tries',
      title: t('developers.tries'),
      cell: (row) => row.attempts,
      text: (row) => String(row.attempts),
      figure: true,
    },
    {
      key: 'last',
      title: t('developers.why'),
      cell: (row) => row.last_fault ?? row.last_status ?? '–',
      text: (row) => row.last_fault ?? '',
    },
    { key: 'at', title: t('usage.time'), cell: (row) => <Time at={row.created_at} />, text: (row) => row.created_at },
    {
      key: 'replay',
      title: t('developers.replay'),
      cell: (row) => (
        <Button size="small" loading={replay.isPending} onClick={() => replay.mutate(row.id)}>
          {t('developers.replay')}
        </Button>
      ),
    },
  ];
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listDeliveryCalls } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { byEndpoint, type EndpointUse } from './sales.rules.js';

const NEWEST = 100;

/** Which endpoints buyers call, and how often that fails. */
export function EndpointsPanel() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['endpoint-use'],
    queryFn: async ({ signal }) => {
      const { data } = await listDeliveryCalls({ query: { limit: NEWEST }, signal, throwOnError: true });
      return { calls: data.data.length, uses: byEndpoint(data.data) };
    },
  });
  return (
    <Panel title={t('sales.endpoints')}>
      <Loaded query={query} rows={3}>
        {({ calls, uses }) =>
          calls === 0 ? (
            <p className="muted">{t('sales.noCalls')}</p>
          ) : (
            <>
              <p className="muted">{t('sales.endpointsHint', { count: calls })}</p>
              <section className="scroll" tabIndex={0} aria-label={t('sales.endpoints')}>
                <EndpointRows uses={uses} />
              </section>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function EndpointRows({ uses }: { readonly uses: readonly EndpointUse[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Rows
      label={t('sales.endpoints')}
      rows={uses}
      rowKey={(use) => use.endpoint}
      columns={[
        { key: 'endpoint', title: t('sales.endpoint'), cell: (use) => <code>{use.endpoint}</code> },
        { key: 'calls', title: t('sales.calls'), cell: (use) => format.count(use.calls), figure: true },
        { key: 'failed', title: t('sales.failed'), cell: (use) => format.count(use.failed), figure: true },
        { key: 'bytes', title: t('sales.bytes'), cell: (use) => format.bytes(use.bytes), figure: true },
      ]}
    />
  );
}

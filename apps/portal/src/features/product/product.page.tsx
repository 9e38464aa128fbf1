import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getProduct, type Product } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Tabs } from '../../kit/tabs.js';
import { ApiPanel } from './api-panel.js';
import { Dictionary } from '../../kit/product-card/dictionary.js';
import { ExportReadinessPanel } from './export-readiness.js';
import { LicencePanel, LineagePanel, QualityPanel, SamplePanel } from '../../kit/product-card/card-panels.js';
import { OffersPanel } from './offers-panel.js';
import { Overview } from '../../kit/product-card/overview.js';
import './product.css';

const route = getRouteApi('/products/$productId');

/** One product, before any click: what it is, what it costs, and whether this buyer may have it where they are. */
export function ProductPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { productId } = route.useParams();
  const product = useQuery({
    queryKey: ['product', productId],
    queryFn: async ({ signal }) => (await getProduct({ path: { id: productId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={product} rows={10}>
      {(data) => (
        <Page
          title={format.text(data.name)}
          section={t('nav.catalog')}
          lead={
            <>
              <OrganisationName id={data.merchant_id} /> · {t(`catalog.value.kind_${data.kind}`)} ·{' '}
              {t('catalog.storedIn', { place: format.place(data.stored_in) })}
            </>
          }
        >
          <DetailHead id={data.id} path={`/v1/products/${data.id}`}>
            <StatusTag status={data.status} />
          </DetailHead>
          <div className="columns">
            <ProductTabs product={data} />
            <aside aria-label={t('product.rail')}>
              <ExportReadinessPanel product={data} />
              <OffersPanel product={data} />
            </aside>
          </div>
        </Page>
      )}
    </Loaded>
  );
}

/** What there is to read; a part the merchant has not filled is not shown. */
function ProductTabs({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const { card } = product;
  const tabs = [
    { key: 'overview', label: t('product.tab.overview'), content: <Overview product={product} /> },
    { key: 'dictionary', label: t('product.tab.dictionary'), content: <Dictionary fields={product.fields} /> },
    ...(card?.sample
      ? [{ key: 'sample', label: t('product.tab.sample'), content: <SamplePanel sample={card.sample} /> }]
      : []),
    ...(card && card.quality.length > 0
      ? [{ key: 'quality', label: t('product.tab.quality'), content: <QualityPanel quality={card.quality} /> }]
      : []),
    ...(card?.provenance
      ? [
          {
            key: 'lineage',
            label: t('product.tab.lineage'),
            content: <LineagePanel provenance={card.provenance} />,
          },
        ]
      : []),
    ...(card?.licence
      ? [{ key: 'licence', label: t('product.tab.licence'), content: <LicencePanel licence={card.licence} /> }]
      : []),
    { key: 'api', label: t('product.tab.api'), content: <ApiPanel product={product} /> },
  ];
  return (
    <Panel>
      <Tabs
        label={format.text(product.name)}
        tabs={tabs}
        chosen={tabs.some(({ key }) => key === tab) ? (tab ?? 'overview') : 'overview'}
        onChoose={(key) => void navigate({ search: key === 'overview' ? {} : { tab: key }, replace: true })}
      />
    </Panel>
  );
}

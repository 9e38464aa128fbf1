import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getProduct } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';

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
        <Page title={format.text(data.name)} section={t('nav.catalog')}>
          <DetailHead id={data.id} path={`/v1/products/${data.id}`}>
            <StatusTag status={data.status} />
          </DetailHead>
          <Panel>{format.text(data.description)}</Panel>
        </Page>
      )}
    </Loaded>
  );
}

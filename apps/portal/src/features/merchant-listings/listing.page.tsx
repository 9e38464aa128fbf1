import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getListingReview, getProduct, listReviewComments, type Product } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead } from '../../kit/detail.js';
import { useFindingWords } from '../../kit/listing-findings/use-finding-words.js';
import { Loaded } from '../../kit/loaded.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { ListingActions } from './listing-actions.js';
import type { ListingData } from './listing-data.js';
import { ListingEditor } from './listing-editor.js';
import './listings.css';

const route = getRouteApi('/merchant/listings/$listingId');

/** One listing: the wizard, the same object as a file, and what the reviewer says to it. */
export function ListingPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { listingId } = route.useParams();
  const query = useQuery({
    queryKey: ['listing', listingId],
    queryFn: async ({ signal }): Promise<ListingData> => {
      const options = { path: { id: listingId }, signal, throwOnError: true } as const;
      const [product, comments, review] = await Promise.all([
        getProduct(options),
        listReviewComments(options),
        getListingReview(options),
      ]);
      return { product: product.data, comments: comments.data.data, review: review.data };
    },
  });
  return (
    <Loaded query={query} rows={8}>
      {(data) => (
        <Page
          title={format.text(data.product.name)}
          section={t('listing.title')}
          actions={<ListingActions product={data.product} />}
        >
          <DetailHead id={data.product.id} path={`/v1/products/${data.product.id}`}>
            <StatusTag status={data.product.status} />
            {data.review.waiting_since !== null && (
              <span>
                {t('listing.waiting')} <Time at={data.review.waiting_since} near />
              </span>
            )}
          </DetailHead>
          <Verdict product={data.product} />
          <ListingEditor key={data.product.id} data={data} />
        </Page>
      )}
    </Loaded>
  );
}

/** Why it was sent back or refused, first of all. */
function Verdict({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const words = useFindingWords();
  if (product.status === 'returned' && product.return_reason !== null) {
    return <p className="notice">{t('listing.returned', { reason: product.return_reason })}</p>;
  }
  if (product.refusal === null) return null;
  const { article, reason } = product.refusal;
  return (
    <p className="notice">
      {t('listing.refused', { article: words.law(article), reason: words.refusal(reason) ?? reason })}
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  getListingReview,
  getProduct,
  listProductHistory,
  listReviewComments,
  type ListingReviewView,
  type Product,
} from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import type { StatusWord } from '../../kit/status.js';
import { Time } from '../../kit/time.js';
import { LicencePanel, SamplePanel } from '../../kit/product-card/card-panels.js';
import { Dictionary } from '../../kit/product-card/dictionary.js';
import { Overview } from '../../kit/product-card/overview.js';
import { Checks } from './checks.js';
import { Comments } from './comments.js';
import { Evidence } from './evidence.js';
import { ReviewActions } from './review-actions.js';
import './listings.css';

const route = getRouteApi('/ops/listings/$productId/review');

/** The page as buyers will see it on the left, what it rests on at the right, and the decision above both. */
export function ReviewPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { productId } = route.useParams();
  const query = useQuery({
    queryKey: ['listing-review', productId],
    queryFn: async ({ signal }) => {
      const call = { path: { id: productId }, signal, throwOnError: true } as const;
      const [product, review, comments, history] = await Promise.all([
        getProduct(call),
        getListingReview(call),
        listReviewComments(call),
        listProductHistory(call),
      ]);
      return {
        product: product.data,
        review: review.data,
        comments: comments.data.data,
        history: history.data.data,
      };
    },
  });
  return (
    <Loaded query={query} rows={10}>
      {({ product, review, comments, history }) => (
        <Page
          title={format.text(product.name)}
          section={t('nav.listingReview')}
          lead={<Lead product={product} review={review} />}
          actions={<ReviewActions product={product} />}
        >
          <DetailHead id={product.id} path={`/v1/products/${product.id}/review`}>
            <StatusTag status={product.status} />
            <Link to="/products/$productId" params={{ productId: product.id }}>
              {t('opsListings.asBuyer')}
            </Link>
          </DetailHead>
          <div className="review-split">
            <ProductSide product={product} />
            <div>
              <Checks review={review} />
              <Comments product={product} comments={comments} open={product.status !== 'draft'} />
              <Evidence product={product} />
            </div>
          </div>
          <Panel title={t('kit.history')}>
            <Timeline
              entries={history.map((entry) => ({
                key: String(entry.revision),
                at: <Time at={entry.at} />,
                title: <StatusTag status={entry.status_to as StatusWord} />,
                ...(entry.reason !== null && { detail: entry.reason }),
              }))}
            />
          </Panel>
        </Page>
      )}
    </Loaded>
  );
}

function Lead({ product, review }: { readonly product: Product; readonly review: ListingReviewView }) {
  const { t } = useTranslation();
  return (
    <>
      <OrganisationName id={product.merchant_id} />
      {review.waiting_since !== null && (
        <>
          {' · '}
          {t('opsInbox.since')} <Time at={review.waiting_since} near />
        </>
      )}
      {review.submission > 1 && ` · ${t('opsListings.again', { count: review.submission })}`}
    </>
  );
}

function ProductSide({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const { card } = product;
  return (
    <div>
      <Panel title={t('opsListings.page')}>
        <Overview product={product} />
      </Panel>
      <Panel title={t('product.tab.dictionary')}>
        <Dictionary fields={product.fields} />
      </Panel>
      {card?.sample && (
        <Panel title={t('product.tab.sample')}>
          <SamplePanel sample={card.sample} />
        </Panel>
      )}
      {card?.licence && (
        <Panel title={t('product.tab.licence')}>
          <LicencePanel licence={card.licence} />
        </Panel>
      )}
    </div>
  );
}

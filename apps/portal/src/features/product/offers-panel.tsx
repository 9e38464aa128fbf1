import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listOffers, type Offer, type Product } from '@hetao/client';
import { useMyAccess } from '../../api/use-my-access.js';
import { isOneOf } from '../../app/page-state.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { PlanTerms } from '../../kit/plan-terms.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

const MOST_OFFERS = 20;

/** What it costs, and the one button of this page: asking binds nobody. */
export function OffersPanel({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const access = useMyAccess().to(product.id);
  const offers = useQuery({
    queryKey: ['offers-of', product.id],
    queryFn: async ({ signal }) =>
      (
        await listOffers({
          query: { product_id: product.id, status: 'published', limit: MOST_OFFERS },
          signal,
          throwOnError: true,
        })
      ).data.data,
  });
  return (
    <Panel title={t('product.offers')}>
      {access === 'open' && (
        <p className="notice good">
          {t('catalog.haveAccess')} · <Link to="/access">{t('nav.access')}</Link>
        </p>
      )}
      {access === 'pending' && (
        <p className="notice">
          {t('catalog.pending')} · <Link to="/requests">{t('nav.requests')}</Link>
        </p>
      )}
      <Loaded query={offers} rows={4}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('product.noOffer')} action={<Link to="/demand">{t('product.askOnBoard')}</Link>} />
          ) : (
            list.map((offer, index) => (
              <OfferCard key={offer.id} offer={offer} first={index === 0 && access === undefined} />
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}

function OfferCard({ offer, first }: { readonly offer: Offer; readonly first: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="offer">
      {offer.buyer_id !== null && <Tag tone="good">{t('product.privateOffer')}</Tag>}
      <PlanTerms plan={offer.plan} />
      <p className="muted small">
        {t('product.term')} <Time at={offer.term.from} day /> – <Time at={offer.term.until} day />
      </p>
      {isOneOf(['buyer']) && (
        <>
          <Link
            to="/products/$productId/request"
            params={{ productId: offer.product_id }}
            search={{ offer: offer.id }}
            className={first ? 'button wide' : 'button wide second'}
          >
            {t('product.request')}
          </Link>
          <p className="muted small">{t('product.requestHint')}</p>
        </>
      )}
    </div>
  );
}

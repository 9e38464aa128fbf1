import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Select, Skeleton, Switch } from 'antd';
import { useDeferredValue, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { without } from '../../app/search.js';
import { Empty } from '../../kit/empty.js';
import { FilterText } from '../../kit/filters.js';
import { Page } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { rowsOf } from '../../kit/use-cursor-list.js';
import { FacetPanel } from './facet-panel.js';
import { chosenCount, sorts, type CatalogSearch } from './facets.rules.js';
import { foundProducts } from './found-products.query.js';
import { ProductCard } from './product-card.js';
import { SaveSearch } from './save-search.js';
import './catalog.css';

const route = getRouteApi('/catalog');

/** Everything on the market, by words in three scripts and by facets whose counts say what choosing one would find. */
export function CatalogPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(foundProducts(search));
  const go = (next: CatalogSearch) => void navigate({ search: next });
  const first = list.data?.pages[0];
  const products = rowsOf(list);
  // The cards are what one came for: they are painted before the many boxes beside them are made. (React takes
  // `undefined` for no first value at all, and defers nothing.)
  const facets = useDeferredValue(first?.facets ?? null, null);
  return (
    <Page title={t('nav.catalog')} lead={t('catalog.lead')} actions={<SaveSearch search={search} />}>
      <div className="catalog">
        <FacetPanel facets={facets ?? undefined} search={search} onChange={go} />
        <section aria-label={t('catalog.results')}>
          <CatalogBar search={search} total={first?.total} available={first?.available} onChange={go} />
          {first?.corrections.map(({ typed, read_as }) => (
            <p key={typed} className="notice calm" role="status">
              {t('catalog.readAs', { typed, readAs: read_as })}
            </p>
          ))}
          {list.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
          {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && products.length === 0 && (
            <Empty title={t('catalog.none')} action={<Button onClick={() => go({})}>{t('catalog.clear')}</Button>}>
              {t('catalog.noneHint')}
            </Empty>
          )}
          <ul className="cards">
            {products.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {t('kit.more')}
            </Button>
          )}
        </section>
      </div>
    </Page>
  );
}

interface CatalogBarProps {
  readonly search: CatalogSearch;
  readonly total: number | undefined;
  readonly available: number | undefined;
  readonly onChange: (next: CatalogSearch) => void;
}

/** Words, what is open to this buyer, the order, and how much was found. */
function CatalogBar({ search, total, available, onChange }: CatalogBarProps) {
  const { t } = useTranslation();
  const switchId = useId();
  return (
    <div className="catalog-bar">
      <FilterText
        label={t('catalog.search')}
        value={search.q}
        onChange={(q) => onChange(q === undefined ? without(search, 'q') : { ...search, q })}
      />
      <span className="filter">
        <Switch
          id={switchId}
          size="small"
          checked={search.available === 'true'}
          aria-label={t('catalog.available')}
          onChange={(on) => onChange(on ? { ...search, available: 'true' } : without(search, 'available'))}
        />
        <label htmlFor={switchId}>
          {t('catalog.available')}
          {available !== undefined && ` (${available})`}
        </label>
      </span>
      <Select
        aria-label={t('catalog.sort')}
        value={search.sort ?? (search.q === undefined ? 'newest' : 'relevance')}
        options={sorts.map((value) => ({ value, label: t(`catalog.sorts.${value}`) }))}
        onChange={(sort) => onChange({ ...search, sort })}
        popupMatchSelectWidth={false}
      />
      <span className="muted" role="status">
        {total !== undefined && t('catalog.found', { count: total })}
      </span>
      {chosenCount(search) > 0 && (
        <Button type="link" onClick={() => onChange(search.q === undefined ? {} : { q: search.q })}>
          {t('catalog.clear')}
        </Button>
      )}
    </div>
  );
}

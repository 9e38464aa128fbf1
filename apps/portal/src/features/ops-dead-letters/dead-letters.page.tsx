import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listDeadLetters } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { without } from '../../app/search.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { Loaded } from '../../kit/loaded.js';
import { Page } from '../../kit/page.js';
import { rowsOf, useCursorList } from '../../kit/use-cursor-list.js';
import { deadLetterStates, services } from './dead-letter-search.js';
import { DeadLetterArticle } from './dead-letter.js';

const route = getRouteApi('/ops/dead-letters');
/** A service looks for what it is asked to replay once a second. */
const LOOK_AGAIN_MS = 1_500;

/** What no service could handle: who failed, on what and why; and what is to become of it. */
export function DeadLettersPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['dead-letters', search], ({ page, signal }) =>
    listDeadLetters({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  const unheard = [...new Set(list.data?.pages.flatMap((page) => page.unheard))];
  const letters = rowsOf(list);
  const { refetch } = list;
  const isReplaying = letters.some(({ state }) => state === 'replay_requested');
  useEffect(() => {
    const timer = isReplaying ? setInterval(() => void refetch(), LOOK_AGAIN_MS) : undefined;
    return () => clearInterval(timer);
  }, [isReplaying, refetch]);
  return (
    <Page
      title={t('opsDeadLetters.title')}
      lead={t('opsDeadLetters.lead')}
      actions={isOneOf(['operator']) && <Link to="/ops/system">{t('nav.system')}</Link>}
    >
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.state}
          options={deadLetterStates.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(state) =>
            void navigate({ search: state === undefined ? without(search, 'state') : { ...search, state } })
          }
        />
        <FilterSelect
          label={t('opsDeadLetters.service')}
          value={search.service}
          options={services.map((value) => ({ value, label: value }))}
          onChange={(service) =>
            void navigate({ search: service === undefined ? without(search, 'service') : { ...search, service } })
          }
        />
      </Filters>
      {unheard.length > 0 && (
        <p className="notice" role="status">
          {t('opsDeadLetters.unheard', { services: unheard.join(', ') })}
        </p>
      )}
      <Loaded query={list}>
        {() =>
          letters.length === 0 ? (
            <Empty title={t('opsDeadLetters.none')}>{t('opsDeadLetters.noneHint')}</Empty>
          ) : (
            letters.map((letter) => <DeadLetterArticle key={letter.id} letter={letter} />)
          )
        }
      </Loaded>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('kit.more')}
        </Button>
      )}
    </Page>
  );
}

import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveSearch } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { isOneOf } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import type { CatalogSearch } from './facets.rules.js';
import { criteriaOf } from './criteria.rules.js';

/** Keeps the search: whoever did is told of every product that it comes to find. */
export function SaveSearch({ search }: { readonly search: CatalogSearch }) {
  const { t } = useTranslation();
  const save = useAction(
    async (criteria: ReturnType<typeof criteriaOf>) => saveSearch({ body: criteria, throwOnError: true }),
    { onDone: () => say(t('catalog.saved')) },
  );
  const criteria = criteriaOf(search);
  if (!isOneOf(['buyer'])) return null;
  return (
    <Button
      icon={<BellOutlined aria-hidden />}
      disabled={Object.keys(criteria.criteria).length === 0}
      loading={save.isPending}
      onClick={() => save.mutate(criteria, { onError: () => say(t('catalog.notSaved'), 'bad') })}
    >
      {t('catalog.save')}
    </Button>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { draftNextVersion, submitProduct, type Product } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { isEditable } from './listing-form.rules.js';

/** What comes next for a listing: to be handed in, or to be followed by another version. */
export function ListingActions({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const submit = useAction((id: string) => submitProduct({ path: { id }, throwOnError: true }), {
    onDone: () => say(t('listing.submitted')),
  });
  const next = useAction(
    async (id: string, headers) => (await draftNextVersion({ path: { id }, headers, throwOnError: true })).data,
    {
      onDone: ({ id }) => {
        say(t('listing.versionDrafted'));
        void navigate({ to: '/merchant/listings/$listingId', params: { listingId: id } });
      },
    },
  );
  const failed = submit.error ?? next.error;
  return (
    <>
      {isEditable(product.status) && (
        <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(product.id)}>
          {t('listing.submit')}
        </Button>
      )}
      {product.status === 'listed' && (
        <Button loading={next.isPending} onClick={() => next.mutate(product.id)}>
          {t('listing.nextVersion')}
        </Button>
      )}
      {failed !== null && <ProblemAlert error={failed} />}
    </>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { draftProduct, type ProductDraft } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { ListingField } from './listing-field.js';
import { steps } from './listing-form.rules.js';

/** What no draft is without. */
const NEEDED = steps.basics.filter(({ required }) => required);

/** Starts a draft with what the exchange asks of every one; the wizard asks the rest. */
export function NewListing({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<ProductDraft>();
  const navigate = useNavigate();
  const draft = useDraft<ProductDraft>('new-listing');
  const create = useAction(
    async (body: ProductDraft, headers) => (await draftProduct({ body, headers, throwOnError: true })).data,
    {
      onDone: ({ id }) => {
        draft.forget();
        say(t('listing.created'));
        void navigate({ to: '/merchant/listings/$listingId', params: { listingId: id } });
      },
    },
  );
  return (
    <Modal
      open={open}
      title={t('listing.new')}
      okText={t('listing.create')}
      okButtonProps={{ loading: create.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<ProductDraft>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'dataset', ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={(values) => create.mutate(values)}
      >
        {NEEDED.map((field) => (
          <ListingField key={field.path.join('.')} field={field} error={create.error} />
        ))}
      </Form>
      {create.isError && <ProblemAlert error={create.error} />}
    </Modal>
  );
}

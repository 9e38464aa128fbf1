import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { commentOnListing, type Product, type ReviewComment } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { useFaultAt } from '../../i18n/problem-words.js';
import { Timeline } from '../../kit/detail.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { useDraft } from '../../kit/use-draft.js';
import { commentable, fieldAt } from './review.rules.js';

interface CommentsProps {
  readonly product: Product;
  readonly comments: readonly ReviewComment[];
  readonly open: boolean;
}

interface NewComment {
  readonly pointer: string;
  readonly text: string;
}

/** What reviewers asked about single fields, and what the merchant answered. */
export function Comments({ product, comments, open }: CommentsProps) {
  const { t } = useTranslation();
  const placeWord = usePlaceWord(product);
  return (
    <Panel title={t('opsListings.comments')}>
      {comments.length === 0 && <p className="muted">{t('opsListings.noComments')}</p>}
      <Timeline
        entries={comments.map((comment) => ({
          key: comment.id,
          at: <Time at={comment.written_at} />,
          title: (
            <>
              {placeWord(comment.pointer)}: {comment.text}
            </>
          ),
          detail: comment.answer ?? t('opsListings.unanswered'),
          tone: comment.answer === null ? 'waiting' : 'good',
        }))}
      />
      {open && <CommentForm product={product} />}
    </Panel>
  );
}

/** What a place of the listing is called on the page; one the page does not show is named as it is. */
function usePlaceWord(product: Product): (pointer: string) => string {
  const { t } = useTranslation();
  return (pointer) => {
    if (pointer === '/name' || pointer === '/description')
      return t(`opsListings.place.${pointer === '/name' ? 'name' : 'description'}`);
    const field = product.fields[fieldAt(pointer)];
    return field === undefined ? pointer : t('opsListings.place.field', { name: field.name });
  };
}

function CommentForm({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const placeWord = usePlaceWord(product);
  const [form] = Form.useForm<NewComment>();
  const draft = useDraft<NewComment>(`comment:${product.id}`);
  const comment = useAction(
    (body: NewComment) => commentOnListing({ path: { id: product.id }, body, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        form.setFieldsValue({ text: '' });
      },
    },
  );
  const fault = useFaultAt(comment.error)('/pointer');
  return (
    <Form<NewComment>
      form={form}
      layout="vertical"
      initialValues={{ pointer: '/description', ...draft.values }}
      onValuesChange={(_changed, all) => draft.keep(all)}
      onFinish={(body) => comment.mutate(body)}
    >
      <Form.Item
        name="pointer"
        label={t('kit.field')}
        rules={[{ required: true }]}
        {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
      >
        <Select
          aria-label={t('kit.field')}
          showSearch={{ optionFilterProp: 'label' }}
          options={commentable(product).map((pointer) => ({ value: pointer, label: placeWord(pointer) }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('opsListings.comment')} rules={[{ required: true }]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      {comment.isError && <ProblemAlert error={comment.error} />}
      <Button htmlType="submit" loading={comment.isPending}>
        {t('opsListings.ask')}
      </Button>
    </Form>
  );
}

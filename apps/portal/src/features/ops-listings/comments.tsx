import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { commentOnListing, type ReviewComment } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { faultAt } from '../../api/problem.js';
import { Timeline } from '../../kit/detail.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { useDraft } from '../../kit/use-draft.js';

interface CommentsProps {
  readonly productId: string;
  readonly comments: readonly ReviewComment[];
  readonly open: boolean;
}

interface NewComment {
  readonly pointer: string;
  readonly text: string;
}

/** What reviewers asked about single fields, and what the merchant answered. */
export function Comments({ productId, comments, open }: CommentsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsListings.comments')}>
      {comments.length === 0 && <p className="muted">{t('opsListings.noComments')}</p>}
      <Timeline
        entries={comments.map((comment) => ({
          key: comment.id,
          at: <Time at={comment.written_at} />,
          title: (
            <>
              <code>{comment.pointer}</code> {comment.text}
            </>
          ),
          detail: comment.answer ?? t('opsListings.unanswered'),
          tone: comment.answer === null ? 'waiting' : 'good',
        }))}
      />
      {open && <CommentForm productId={productId} />}
    </Panel>
  );
}

function CommentForm({ productId }: { readonly productId: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewComment>();
  const draft = useDraft<NewComment>(`comment:${productId}`);
  const comment = useAction(
    (body: NewComment) => commentOnListing({ path: { id: productId }, body, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        form.setFieldsValue({ pointer: '', text: '' });
      },
    },
  );
  const fault = faultAt(comment.error, '/pointer');
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
        extra={t('opsListings.pointerHint')}
        rules={[{ required: true }]}
        {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
      >
        <Input autoComplete="off" spellCheck={false} />
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

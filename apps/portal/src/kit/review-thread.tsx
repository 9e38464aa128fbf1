import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReviewComment } from '@hetao/client';
import { useAction } from '../api/use-action.js';
import { say } from '../app/toast.js';
import { ProblemAlert } from './problem-alert.js';
import { Time } from './time.js';
import { useDraft } from './use-draft.js';

/** What a reviewer wrote and what was answered, or the place for an answer. */
export function ReviewThread({
  comment,
  answer,
}: {
  readonly comment: ReviewComment;
  readonly answer: (text: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  return (
    <div className="notice thread">
      <p className="long-text">{comment.text}</p>
      <p className="small">
        <Time at={comment.written_at} />
      </p>
      {comment.answer === null ? (
        <AnswerForm id={comment.id} answer={answer} />
      ) : (
        <p className="long-text">
          <strong>{t('listing.yourAnswer')}</strong> {comment.answer}
        </p>
      )}
    </div>
  );
}

function AnswerForm({ id, answer }: { readonly id: string; readonly answer: (text: string) => Promise<unknown> }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ answer: string }>();
  const draft = useDraft<{ answer: string }>(`comment:${id}`);
  const send = useAction(answer, {
    onDone: () => {
      draft.forget();
      say(t('listing.answered'));
    },
  });
  return (
    // A form of its own: Enter in it answers the reviewer and saves nothing else.
    <Form<{ answer: string }>
      form={form}
      component={false}
      initialValues={{ ...draft.values }}
      onValuesChange={(_changed, all) => draft.keep(all)}
      onFinish={({ answer: text }) => send.mutate(text.trim())}
    >
      <Form.Item name="answer" rules={[{ required: true, whitespace: true, message: t('listing.answer') }]}>
        <Input.TextArea rows={2} maxLength={2000} aria-label={t('listing.answer')} placeholder={t('listing.answer')} />
      </Form.Item>
      {send.isError && <ProblemAlert error={send.error} />}
      <Button size="small" loading={send.isPending} onClick={form.submit}>
        {t('listing.send')}
      </Button>
    </Form>
  );
}

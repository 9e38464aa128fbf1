import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { reviewOutput, type OutputRequestView, type OutputVote } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';

const VOTES = ['approve', 'changes', 'reject'] as const;
type Said = Pick<OutputVote, 'vote' | 'comment'>;

/** One reviewer's vote on this very content, with the reason that its record keeps. */
export function VoteForm({ output }: { readonly output: OutputRequestView }) {
  const { t } = useTranslation();
  const draft = useDraft<Said>(`output-vote:${output.id}`);
  const vote = useAction(
    (said: Said, headers) => {
      const body = { ...said, content_hash: output.content_hash };
      return reviewOutput({ path: { id: output.id }, body, headers, throwOnError: true });
    },
    {
      onDone: () => {
        draft.forget();
        say(t('sandboxReview.voted'));
      },
    },
  );
  return (
    <Panel title={t('sandboxReview.decide')}>
      <Form<Said>
        layout="vertical"
        className="narrow-form"
        initialValues={{ ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={(said) => vote.mutate(said)}
      >
        <Form.Item name="vote" label={t('sandboxReview.decide')} rules={[{ required: true }]}>
          <Radio.Group options={VOTES.map((value) => ({ value, label: t(`sandboxReview.vote.${value}`) }))} />
        </Form.Item>
        <Form.Item name="comment" label={t('sandboxReview.comment')} rules={[{ required: true }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        {vote.isError && <ProblemAlert error={vote.error} />}
        <Button type="primary" htmlType="submit" loading={vote.isPending}>
          {t('sandboxReview.send')}
        </Button>
      </Form>
    </Panel>
  );
}

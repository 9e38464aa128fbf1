import { Button, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { reviewModel, type ModelReview } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';

const VERDICTS = ['export', 'serve', 'destroy'] as const;

/** One reviewer's word on a model; what the other one said is not told before both have, and the stricter word holds. */
export function VerdictForm({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const review = useAction(
    (body: ModelReview, headers) => reviewModel({ path: { id }, body, headers, throwOnError: true }),
    { onDone: () => say(t('sandbox.model.voted')) },
  );
  return (
    <Panel title={t('sandboxReview.decide')}>
      <p className="muted">{t('sandbox.model.strictest')}</p>
      <Form<ModelReview> layout="vertical" className="narrow-form" onFinish={(body) => review.mutate(body)}>
        <Form.Item name="verdict" label={t('sandboxReview.decide')} rules={[{ required: true }]}>
          <Radio.Group options={VERDICTS.map((value) => ({ value, label: t(`sandbox.model.verdict.${value}`) }))} />
        </Form.Item>
        {review.isError && <ProblemAlert error={review.error} />}
        <Button type="primary" htmlType="submit" loading={review.isPending}>
          {t('sandboxReview.send')}
        </Button>
      </Form>
    </Panel>
  );
}

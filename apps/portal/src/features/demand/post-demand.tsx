import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { postDemand, type NewDemand } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { daysFrom, places } from './demand.rules.js';

type Values = Pick<NewDemand, 'title' | 'need' | 'purpose' | 'place_of_use'> & { readonly days: number };
const DAYS = [14, 30, 90] as const;

/** Says what is needed; merchants whose work it is are told. */
export function PostDemand({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>('demand');
  const post = useAction((body: NewDemand, headers) => postDemand({ body, headers, throwOnError: true }), {
    onDone: () => {
      draft.forget();
      onClose();
      say(t('demand.posted'));
    },
  });
  const send = ({ days, ...values }: Values) =>
    post.mutate({ ...values, language: format.language, open_until: daysFrom(Date.now(), days) });
  return (
    <Modal
      open={open}
      title={t('demand.post')}
      okText={t('demand.post')}
      okButtonProps={{ loading: post.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ place_of_use: 'HK', days: 30, ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={send}
      >
        <Form.Item name="title" label={t('demand.title')} rules={[{ required: true }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="need" label={t('demand.need')} extra={t('demand.needHint')} rules={[{ required: true }]}>
          <Input.TextArea rows={4} maxLength={2000} />
        </Form.Item>
        <Form.Item name="purpose" label={t('request.purpose')} rules={[{ required: true }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="place_of_use" label={t('request.place')}>
          <Select
            aria-label={t('request.place')}
            options={places.map((value) => ({ value, label: format.place(value) }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('demand.stands')}>
          <Select
            aria-label={t('demand.stands')}
            options={DAYS.map((value) => ({ value, label: t('terms.days', { count: value }) }))}
          />
        </Form.Item>
      </Form>
      {post.isError && <ProblemAlert error={post.error} />}
    </Modal>
  );
}

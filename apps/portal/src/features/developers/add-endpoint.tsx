import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addWebhookEndpoint, type NewWebhookEndpoint } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { useFaultAt } from '../../i18n/problem-words.js';
import { CopyText } from '../../kit/copy-text.js';
import { ProblemAlert } from '../../kit/problem-alert.js';

type Values = Pick<NewWebhookEndpoint, 'url' | 'description' | 'signature'>;

/** Adds an address, and shows the secret its messages are signed with this once. */
export function AddEndpoint({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const add = useAction(
    async (body: NewWebhookEndpoint, headers) => (await addWebhookEndpoint({ body, headers, throwOnError: true })).data,
  );
  const close = () => {
    add.reset();
    onClose();
  };
  const faultAt = useFaultAt(add.error);
  return (
    <Modal
      open={open}
      title={t('developers.addEndpoint')}
      okText={add.data === undefined ? t('developers.addEndpoint') : t('developers.kept')}
      okButtonProps={{ loading: add.isPending }}
      onOk={() => (add.data === undefined ? form.submit() : close())}
      onCancel={close}
      destroyOnHidden
    >
      {add.data === undefined ? (
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={{ signature: 'hmac' }}
          onFinish={(values) => add.mutate(values)}
        >
          <Form.Item
            name="url"
            label={t('developers.url')}
            extra={t('developers.urlHint')}
            rules={[{ required: true, type: 'url' }]}
            help={faultAt('/url')}
          >
            <Input inputMode="url" autoComplete="off" maxLength={500} />
          </Form.Item>
          <Form.Item name="signature" label={t('developers.signature')}>
            <Select
              aria-label={t('developers.signature')}
              options={(['hmac', 'ed25519'] as const).map((value) => ({ value, label: t(`developers.sign.${value}`) }))}
            />
          </Form.Item>
        </Form>
      ) : (
        <>
          <p className="notice">{t('developers.shownOnce')}</p>
          <CopyText text={add.data.secret} />
        </>
      )}
      {add.isError && <ProblemAlert error={add.error} />}
    </Modal>
  );
}

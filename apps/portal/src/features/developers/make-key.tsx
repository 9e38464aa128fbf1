import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { makeApiKey, type NewApiKey } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { CopyText } from '../../kit/copy-text.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { scopes } from './scopes.rules.js';

type Values = Pick<NewApiKey, 'name' | 'scopes'>;

/** Makes a key with no more rights than it needs, and shows it this once. */
export function MakeKey({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const make = useAction(
    async (body: NewApiKey, headers) => (await makeApiKey({ body, headers, throwOnError: true })).data,
  );
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('developers.make')}
      okText={make.data === undefined ? t('developers.make') : t('developers.kept')}
      okButtonProps={{ loading: make.isPending }}
      onOk={() => (make.data === undefined ? form.submit() : close())}
      onCancel={close}
      destroyOnHidden
    >
      {make.data === undefined ? (
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={{ scopes: ['catalog:read'] }}
          onFinish={(values) => make.mutate(values)}
        >
          <Form.Item
            name="name"
            label={t('developers.name')}
            extra={t('developers.nameHint')}
            rules={[{ required: true }]}
          >
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
          <Form.Item name="scopes" label={t('developers.scopes')} rules={[{ required: true }]}>
            <Select
              mode="multiple"
              aria-label={t('developers.scopes')}
              options={scopes.map((value) => ({ value, label: value }))}
            />
          </Form.Item>
        </Form>
      ) : (
        <>
          <p className="notice">{t('developers.shownOnce')}</p>
          <CopyText text={make.data.key} />
        </>
      )}
      {make.isError && <ProblemAlert error={make.error} />}
    </Modal>
  );
}

import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { declineAccess, type AccessRequest } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';

const TEMPLATES = ['purpose', 'place', 'capacity', 'papers'] as const;

interface DeclineFormProps {
  readonly request: AccessRequest;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Declines with a reason the buyer reads: one of the usual ones, or words of the merchant's own. */
export function DeclineForm({ request, open, onClose }: DeclineFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const draft = useDraft<{ reason: string }>(`decline:${request.id}`);
  const decline = useAction(
    (reason: string) => declineAccess({ path: { id: request.id }, body: { reason }, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        say(t('queue.declined'));
        onClose();
      },
    },
  );
  return (
    <Modal
      open={open}
      title={t('queue.decline')}
      okText={t('queue.decline')}
      okButtonProps={{ danger: true, loading: decline.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="muted">{t('queue.template')}</p>
      <div className="actions">
        {TEMPLATES.map((template) => (
          <Button
            key={template}
            size="small"
            className="long-button"
            onClick={() => form.setFieldsValue({ reason: t(`queue.templates.${template}`) })}
          >
            {t(`queue.templates.${template}`)}
          </Button>
        ))}
      </div>
      <Form<{ reason: string }>
        form={form}
        layout="vertical"
        initialValues={{ ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={({ reason }) => decline.mutate(reason.trim())}
      >
        <Form.Item name="reason" label={t('queue.reason')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      {decline.isError && <ProblemAlert error={decline.error} />}
    </Modal>
  );
}

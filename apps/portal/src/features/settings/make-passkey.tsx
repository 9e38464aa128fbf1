import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { canMakePasskeys, makePasskey, PasskeyNotMade } from './device-passkey.js';

const LONGEST_NAME = 100;

/** A name for the device, and the button that lets the browser ask it. */
export function MakePasskey() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ readonly name: string }>();
  const make = useAction(({ name }: { readonly name: string }) => makePasskey(name), {
    onDone: ({ name }) => {
      form.resetFields();
      say(t('settings.passkeyMade', { name }));
    },
  });
  if (!canMakePasskeys()) return <p className="muted">{t('settings.passkeyUnknown')}</p>;
  return (
    <>
      <Form form={form} layout="vertical" onFinish={(values) => make.mutate(values)}>
        <Form.Item
          name="name"
          label={t('settings.passkeyName')}
          extra={t('settings.passkeyNameHint')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={LONGEST_NAME} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" loading={make.isPending}>
          {t('settings.makePasskey')}
        </Button>
      </Form>
      {make.error instanceof PasskeyNotMade && <p role="alert">{t('settings.passkeyNotMade')}</p>}
      {make.isError && !(make.error instanceof PasskeyNotMade) && <ProblemAlert error={make.error} />}
    </>
  );
}

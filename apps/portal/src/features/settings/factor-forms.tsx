import { Button, Form, Input, QRCode } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmSecondFactor, removeSecondFactor, type SecondFactorEnrolment } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { CopyText } from '../../kit/copy-text.js';
import { ProblemAlert } from '../../kit/problem-alert.js';

/** A telephone's camera wants a dark picture on a light ground, whatever the page is. */
const INK = '#000000';
const PAPER = '#ffffff';
const PICTURE_PX = 176;
/** Six digits, or a recovery code with its dashes. */
const LONGEST_CODE = 40;

interface ConfirmFactorProps {
  readonly enrolment: SecondFactorEnrolment;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** The secret as a picture and as letters, and the first code that proves it arrived. */
export function ConfirmFactor({ enrolment: { secret, uri }, onConfirmed, onCancel }: ConfirmFactorProps) {
  const { t } = useTranslation();
  const confirm = useAction(
    async (code: string) => (await confirmSecondFactor({ body: { code }, throwOnError: true })).data,
    {
      onDone: ({ recovery_codes: codes }) => {
        say(t('settings.factor.confirmed'));
        onConfirmed(codes);
      },
    },
  );
  return (
    <>
      <p>{t('settings.factor.scan')}</p>
      <div className="factor-picture" role="img" aria-label={t('settings.factor.picture')}>
        <div aria-hidden="true">
          <QRCode type="svg" value={uri} size={PICTURE_PX} color={INK} bgColor={PAPER} bordered={false} />
        </div>
      </div>
      <p>
        <CopyText label={t('settings.factor.secret')} text={secret} />
      </p>
      {confirm.isError && <ProblemAlert error={confirm.error} />}
      <CodeForm
        name="confirm-factor"
        label={t('settings.factor.code')}
        act={t('settings.factor.confirm')}
        busy={confirm.isPending}
        onCode={confirm.mutate}
      >
        <Button onClick={onCancel}>{t('settings.factor.cancel')}</Button>
      </CodeForm>
    </>
  );
}

/** Taking it away asks for what it asks for: a code. */
export function RemoveFactor() {
  const { t } = useTranslation();
  const remove = useAction((code: string) => removeSecondFactor({ body: { code }, throwOnError: true }), {
    onDone: () => say(t('settings.factor.removed')),
  });
  return (
    <details>
      <summary>{t('settings.factor.remove')}</summary>
      <p className="muted">{t('settings.factor.removeHint')}</p>
      {remove.isError && <ProblemAlert error={remove.error} />}
      <CodeForm
        name="remove-factor"
        label={t('settings.factor.anyCode')}
        act={t('settings.factor.remove')}
        busy={remove.isPending}
        danger
        onCode={remove.mutate}
      />
    </details>
  );
}

interface CodeFormProps {
  readonly name: string;
  readonly label: string;
  /** What the button does. */
  readonly act: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  readonly onCode: (code: string) => void;
  readonly children?: ReactNode;
}

function CodeForm({ name, label, act, busy, danger = false, onCode, children }: CodeFormProps) {
  const { t } = useTranslation();
  return (
    <Form<{ readonly code: string }>
      name={name}
      layout="vertical"
      className="narrow-form"
      onFinish={({ code }) => onCode(code.trim())}
    >
      <Form.Item
        name="code"
        label={label}
        rules={[{ required: true, whitespace: true, min: 6, message: t('settings.factor.sixDigits') }]}
      >
        <Input maxLength={LONGEST_CODE} autoComplete="one-time-code" spellCheck={false} />
      </Form.Item>
      <div className="actions">
        <Button htmlType="submit" danger={danger} loading={busy}>
          {act}
        </Button>
        {children}
      </div>
    </Form>
  );
}

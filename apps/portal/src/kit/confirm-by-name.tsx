import { Form, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.js';

interface ConfirmByNameProps {
  readonly open: boolean;
  /** What is done, as on the button that opened this: "Revoke the key". */
  readonly title: string;
  /** What has to be typed: the object's own name. */
  readonly name: string;
  /** What follows from it. */
  readonly children: ReactNode;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for the object's name before something that cannot be taken back. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { t } = useTranslation();
  const field = useId();
  const [typed, setTyped] = useState('');
  const fits = typed.trim() === props.name;
  return (
    <Modal
      open={props.open}
      title={props.title}
      okText={props.title}
      okButtonProps={{ danger: true, disabled: !fits, loading: props.busy }}
      onOk={props.onConfirm}
      onCancel={props.onCancel}
      afterClose={() => setTyped('')}
      destroyOnHidden
    >
      {props.children}
      <Form layout="vertical" onFinish={() => fits && props.onConfirm()}>
        <Form.Item label={t('kit.typeName', { name: props.name })} htmlFor={field}>
          <Input id={field} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Form.Item>
      </Form>
      {props.error !== null && props.error !== undefined && <ProblemAlert error={props.error} />}
    </Modal>
  );
}

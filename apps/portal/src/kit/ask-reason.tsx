import { Button, Form, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction, type OnceHeaders } from '../api/use-action.js';
import { say } from '../app/toast.js';
import { ProblemAlert } from './problem-alert.js';

interface AskReasonProps {
  /** What it does, on the button and on the one that confirms it. */
  readonly label: string;
  /** What follows from it, and who reads the reason. */
  readonly hint: string;
  /** Said when it is done. */
  readonly done: string;
  readonly danger?: boolean;
  readonly act: (reason: string, headers: OnceHeaders) => Promise<unknown>;
}

/** A button that asks why before it acts: what is typed is read by whom it concerns, and stays in the history. */
export function AskReason({ label, hint, done, danger = false, act }: AskReasonProps) {
  const { t } = useTranslation();
  const field = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const action = useAction(act, {
    onDone: () => {
      setOpen(false);
      setReason('');
      say(done);
    },
  });
  const submit = () => {
    if (reason.trim() !== '') action.mutate(reason.trim());
  };
  return (
    <>
      <Button danger={danger} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={label}
        okText={label}
        okButtonProps={{ danger, disabled: reason.trim() === '', loading: action.isPending }}
        onOk={submit}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{hint}</p>
        <Form layout="vertical">
          <Form.Item label={t('kit.reason')} htmlFor={field}>
            <Input.TextArea
              id={field}
              rows={3}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
        {action.isError && <ProblemAlert error={action.error} />}
      </Modal>
    </>
  );
}

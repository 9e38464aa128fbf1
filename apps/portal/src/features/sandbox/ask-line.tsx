import { Button, Form, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useAction, type OnceHeaders } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';

interface AskLineProps {
  /** What it does, on the button and on the one that confirms it. */
  readonly label: string;
  readonly hint: string;
  /** What the line is. */
  readonly field: string;
  /** Said when it is done. */
  readonly done: string;
  readonly primary?: boolean;
  readonly act: (line: string, headers: OnceHeaders) => Promise<unknown>;
}

const MOST_CHARACTERS = 200;

/** A button that asks for one line before it acts: what a session is for, how a result is called. */
export function AskLine({ label, hint, field, done, primary = false, act }: AskLineProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [line, setLine] = useState('');
  const action = useAction(act, {
    onDone: () => {
      setOpen(false);
      setLine('');
      say(done);
    },
  });
  const isEmpty = line.trim() === '';
  const submit = () => {
    if (!isEmpty) action.mutate(line.trim());
  };
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={label}
        okText={label}
        okButtonProps={{ disabled: isEmpty, loading: action.isPending }}
        onOk={submit}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{hint}</p>
        <Form layout="vertical" onFinish={submit}>
          <Form.Item label={field} htmlFor={id}>
            <Input id={id} maxLength={MOST_CHARACTERS} value={line} onChange={(event) => setLine(event.target.value)} />
          </Form.Item>
        </Form>
        {action.isError && <ProblemAlert error={action.error} />}
      </Modal>
    </>
  );
}

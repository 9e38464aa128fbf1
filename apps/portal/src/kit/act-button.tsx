import { Button } from 'antd';
import { useAction, type OnceHeaders } from '../api/use-action.js';
import { say } from '../app/toast.js';
import { ProblemAlert } from './problem-alert.js';

interface ActButtonProps {
  /** What it does. */
  readonly label: string;
  /** Said when it is done. */
  readonly done: string;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly act: (headers: OnceHeaders) => Promise<unknown>;
}

/** A button that needs nothing but a click, and says below it why it was refused. */
export function ActButton({ label, done, primary = false, disabled = false, small = false, act }: ActButtonProps) {
  const action = useAction((_nothing: null, headers) => act(headers), { onDone: () => say(done) });
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        size={small ? 'small' : 'middle'}
        disabled={disabled}
        loading={action.isPending}
        onClick={() => action.mutate(null)}
      >
        {label}
      </Button>
      {action.isError && <ProblemAlert error={action.error} />}
    </>
  );
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isProblem, type HetaoProblem } from '@hetao/client';
import { isAway } from '../api/problem.js';
import { useProblemWords } from '../i18n/problem-words.js';
import { CopyText } from './copy-text.js';

interface ProblemAlertProps {
  readonly error: unknown;
  /** Offered where asking again may help. */
  readonly onRetry?: () => void;
}

/** The exchange tells what happened this time, with its names and figures, in English. */
const TOLD_IN = 'en';

/** What went wrong, where, how to mend it, and what to tell the operator: never "something went wrong" alone. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps) {
  return isProblem(error) ? (
    <Refused problem={error} onRetry={onRetry} />
  ) : (
    <NotAnswered error={error} onRetry={onRetry} />
  );
}

interface WithRetry {
  readonly onRetry: (() => void) | undefined;
}

/** The exchange said why: its code is told in the reader's language, and this one case as it was told. */
function Refused({ problem, onRetry }: WithRetry & { readonly problem: HetaoProblem }) {
  const { t } = useTranslation();
  const words = useProblemWords(problem.code);
  const told = words.title === undefined ? TOLD_IN : undefined;
  return (
    <div className="problem" role="alert">
      <p className="problem-title" lang={told}>
        {words.title ?? problem.problem.title}
      </p>
      {told !== undefined && <p lang={told}>{problem.problem.detail}</p>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((item) => (
            <li key={`${item.pointer}${item.code}`}>
              <code>{item.pointer}</code> {words.fault(item) ?? <span lang={TOLD_IN}>{item.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      <p>
        <strong>{t('problem.mend')}</strong> <span lang={told}>{words.fix ?? problem.fix}</span>
      </p>
      {told === undefined && <AsTold problem={problem} />}
      <div className="problem-foot">
        <a href={`/problems/${problem.problem.code.toLowerCase().replaceAll('_', '-')}`}>
          <code>{problem.code}</code>
        </a>
        <CopyText label={t('problem.trace')} text={problem.traceId} />
        <Retry onRetry={onRetry} />
      </div>
    </div>
  );
}

/** This one case with its names and figures, as the exchange told it: for whoever wants more than what kind of case it is. */
function AsTold({ problem }: { readonly problem: HetaoProblem }) {
  const { t } = useTranslation();
  return (
    <details className="muted">
      <summary>{t('problem.asTold')}</summary>
      <div lang={TOLD_IN}>
        <p>{problem.problem.detail}</p>
        {problem.errors.map((item) => (
          <p key={`${item.pointer}${item.code}`}>
            <code>{item.pointer}</code> {item.detail}
          </p>
        ))}
      </div>
    </details>
  );
}

/** Nobody answered, or nobody who knows why. */
function NotAnswered({ error, onRetry }: WithRetry & { readonly error: unknown }) {
  const { t } = useTranslation();
  const what = isAway(error) ? 'offline' : 'broken';
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{t(`problem.${what}Title`)}</p>
      <p>{t(`problem.${what}Detail`)}</p>
      <p>
        <strong>{t('problem.mend')}</strong> {t(`problem.${what}Fix`)}
      </p>
      <div className="problem-foot">
        <Retry onRetry={onRetry} />
      </div>
    </div>
  );
}

function Retry({ onRetry }: WithRetry) {
  const { t } = useTranslation();
  if (onRetry === undefined) return null;
  return (
    <Button size="small" onClick={onRetry}>
      {t('problem.retry')}
    </Button>
  );
}

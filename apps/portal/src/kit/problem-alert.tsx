import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { HetaoProblem } from '@hetao/client';
import { isAway } from '../api/problem.js';
import { CopyText } from './copy-text.js';

interface ProblemAlertProps {
  readonly error: unknown;
  /** Offered where asking again may help. */
  readonly onRetry?: () => void;
}

/** What went wrong, where, how to mend it, and what to tell the operator: never "something went wrong" alone. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps) {
  const { t } = useTranslation();
  const problem = error instanceof HetaoProblem ? error : undefined;
  const what = isAway(error) ? 'offline' : 'broken';
  const title = problem?.problem.title ?? t(`problem.${what}Title`);
  const detail = problem?.problem.detail ?? t(`problem.${what}Detail`);
  const fix = problem?.fix ?? t(`problem.${what}Fix`);
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{title}</p>
      <p>{detail}</p>
      {problem !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((item) => (
            <li key={`${item.pointer}${item.code}`}>
              <code>{item.pointer}</code> {item.detail}
            </li>
          ))}
        </ul>
      )}
      <p>
        <strong>{t('problem.mend')}</strong> {fix}
      </p>
      <div className="problem-foot">
        {problem !== undefined && (
          <a href={`/problems/${problem.problem.code.toLowerCase().replaceAll('_', '-')}`}>
            <code>{problem.code}</code>
          </a>
        )}
        {problem !== undefined && <CopyText label={t('problem.trace')} text={problem.traceId} />}
        {onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

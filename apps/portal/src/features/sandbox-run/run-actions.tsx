import { useTranslation } from 'react-i18next';
import {
  abortTrainingRun,
  approveTrainingRun,
  denyTrainingRun,
  pauseTrainingRun,
  resumeTrainingRun,
  type TrainingRun,
} from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { ActButton } from '../../kit/act-button.js';
import { movesOnRun } from './run.rules.js';

/** What either side may do with a run as it stands. */
export function RunActions({ run }: { readonly run: TrainingRun }) {
  const { t } = useTranslation();
  const moves = movesOnRun(run, signedIn());
  const call = { path: { id: run.id }, throwOnError: true } as const;
  return (
    <>
      {moves.abort && (
        <ActButton
          label={t('sandbox.run.abort')}
          done={t('sandbox.run.aborted')}
          act={(headers) => abortTrainingRun({ ...call, headers })}
        />
      )}
      {moves.decide && (
        <ActButton
          label={t('sandbox.run.deny')}
          done={t('sandbox.run.denied')}
          act={(headers) => denyTrainingRun({ ...call, headers })}
        />
      )}
      {moves.pause && (
        <ActButton
          label={t('sandbox.run.pause')}
          done={t('sandbox.run.paused')}
          act={(headers) => pauseTrainingRun({ ...call, headers })}
        />
      )}
      {moves.resume && (
        <ActButton
          primary
          label={t('sandbox.run.resume')}
          done={t('sandbox.run.resumed')}
          act={(headers) => resumeTrainingRun({ ...call, headers })}
        />
      )}
      {moves.decide && (
        <ActButton
          primary
          label={t('sandbox.run.approve')}
          done={t('sandbox.run.approved')}
          act={(headers) => approveTrainingRun({ ...call, headers })}
        />
      )}
    </>
  );
}

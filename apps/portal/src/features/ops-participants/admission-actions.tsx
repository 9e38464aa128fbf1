import { useTranslation } from 'react-i18next';
import {
  approveParticipant,
  askForSupplement,
  refuseApplication,
  reinstateParticipant,
  suspendParticipant,
  takeApplication,
  type Participant,
} from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { admissionMoves } from './participant.rules.js';

/** What can be decided about the organisation now. */
export function AdmissionActions({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const moves = admissionMoves(participant.status);
  const call = { path: { id: participant.id }, throwOnError: true } as const;
  return (
    <>
      {moves.refuse && (
        <AskReason
          danger
          label={t('opsParticipants.refuse')}
          hint={t('opsParticipants.refuseHint')}
          done={t('opsParticipants.refused')}
          act={(reason) => refuseApplication({ ...call, body: { reason } })}
        />
      )}
      {moves.ask && (
        <AskReason
          label={t('opsParticipants.ask')}
          hint={t('opsParticipants.askHint')}
          done={t('opsParticipants.asked')}
          act={(reason) => askForSupplement({ ...call, body: { reason } })}
        />
      )}
      {moves.suspend && (
        <AskReason
          danger
          label={t('opsParticipants.suspend')}
          hint={t('opsParticipants.suspendHint')}
          done={t('opsParticipants.suspended')}
          act={(reason) => suspendParticipant({ ...call, body: { reason } })}
        />
      )}
      {moves.take && (
        <ActButton
          primary
          label={t('opsParticipants.take')}
          done={t('opsParticipants.taken')}
          act={() => takeApplication(call)}
        />
      )}
      {moves.approve && (
        <ActButton
          primary
          label={t('opsParticipants.approve')}
          done={t('opsParticipants.approved')}
          act={() => approveParticipant(call)}
        />
      )}
      {moves.reinstate && (
        <ActButton
          primary
          label={t('opsParticipants.reinstate')}
          done={t('opsParticipants.reinstated')}
          act={() => reinstateParticipant(call)}
        />
      )}
    </>
  );
}

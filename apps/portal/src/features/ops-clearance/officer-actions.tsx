import { useTranslation } from 'react-i18next';
import { forwardDeclaration, holdDeclaration, returnDeclaration, type Declaration } from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { officerMoves } from './clearance.rules.js';

/** What moves a declaration on, back, or stops it. Deciding and releasing have forms of their own. */
export function OfficerActions({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation();
  const moves = officerMoves(declaration);
  const call = { path: { id: declaration.id }, throwOnError: true } as const;
  return (
    <>
      {moves.hold && (
        <AskReason
          danger
          label={t('opsClearance.hold')}
          hint={t('opsClearance.holdHint')}
          done={t('opsClearance.holdPut')}
          act={(reason, headers) => holdDeclaration({ ...call, body: { reason }, headers })}
        />
      )}
      {moves.giveBack && (
        <AskReason
          label={t('opsClearance.return')}
          hint={t('opsClearance.returnHint')}
          done={t('opsClearance.returned')}
          act={(reason) => returnDeclaration({ ...call, body: { reason } })}
        />
      )}
      {moves.forward && (
        <ActButton
          primary
          label={t('opsClearance.forward')}
          done={t('opsClearance.forwarded')}
          act={() => forwardDeclaration(call)}
        />
      )}
    </>
  );
}

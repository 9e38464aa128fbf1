import { useTranslation } from 'react-i18next';
import { forwardDeclaration, holdDeclaration, type CustomsFinding, type Declaration } from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { officerMoves } from './clearance.rules.js';
import { ReturnDeclaration } from './return-declaration.js';

interface OfficerActionsProps {
  readonly declaration: Declaration;
  readonly finding: CustomsFinding;
}

/** What moves a declaration on, back, or stops it. Deciding and releasing have forms of their own. */
export function OfficerActions({ declaration, finding }: OfficerActionsProps) {
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
      {moves.giveBack && <ReturnDeclaration id={declaration.id} finding={finding} />}
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

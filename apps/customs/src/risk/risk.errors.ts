import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const riskErrors = defineErrors({
  HOLD_UNKNOWN: { kind: 'not_found', title: 'No such hold', fix: 'GET /v1/customs/holds lists the holds there are.' },
  HOLD_DECLARATION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such declaration to hold',
    fix: 'Check the id of the declaration.',
  },
  HOLD_LIFT_NOT_ASKED: {
    kind: 'conflict',
    title: 'Nobody has asked to lift this hold',
    fix: 'One officer asks to lift it, with the reason; another one lifts it.',
  },
  HOLD_LIFTED: {
    kind: 'conflict',
    title: 'The hold is lifted already',
    fix: 'Put a new hold on the declaration if it must wait again.',
  },
  HOLD_FOUR_EYES: {
    kind: 'forbidden',
    title: 'Nobody lifts a hold on his own',
    fix: 'Another officer than the one who asked has to lift it.',
  },
  RISK_POLICY_UNKNOWN: {
    kind: 'not_found',
    title: 'No such version of the risk rules',
    fix: 'GET /v1/customs/risk-policies lists the versions.',
  },
  RISK_POLICY_FAULTY: {
    kind: 'unprocessable',
    title: 'The risk rules cannot be used',
    fix: 'Mend what each entry of errors names and propose them again.',
  },
  RISK_POLICY_FOUR_EYES: {
    kind: 'forbidden',
    title: 'Nobody approves risk rules he proposed himself',
    fix: 'Ask another officer to approve them.',
  },
});
export type RiskError = ErrorOf<typeof riskErrors>;

import { defineTransitions } from '@hetao/kernel';

export type ParticipantStatus =
  'draft' | 'registered' | 'submitted' | 'review' | 'supplement' | 'approved' | 'suspended' | 'ended';
export type ParticipantCommand =
  'edit' | 'submit' | 'take' | 'ask' | 'approve' | 'refuse' | 'suspend' | 'reinstate' | 'renew' | 'end';

/**
 * The life of a participant. An organisation applies by itself (`draft` on), or the operator writes it down as
 * `registered` because he holds its papers. Who may trade is decided by the operator, and can be taken back.
 */
export const participantTransitions = defineTransitions<ParticipantStatus, ParticipantCommand>({
  draft: { edit: 'draft', submit: 'submitted', end: 'ended' },
  registered: { approve: 'approved', end: 'ended' },
  submitted: { take: 'review' },
  review: { ask: 'supplement', approve: 'approved', refuse: 'ended' },
  supplement: { edit: 'supplement', submit: 'review', end: 'ended' },
  approved: { suspend: 'suspended', renew: 'approved', end: 'ended' },
  suspended: { reinstate: 'approved', end: 'ended' },
  ended: {},
});

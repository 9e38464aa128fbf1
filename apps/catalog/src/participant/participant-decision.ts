import { err, ok, type Result } from '@hetao/kernel';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import {
  bodyRoles,
  participantTransitions,
  refuseStep,
  type Participant,
  type ParticipantOutcome,
  type ParticipantStatus,
} from './participant.js';

/** Who decides. */
export interface Decider {
  readonly subject: string;
  readonly organisationId: string;
}

/** One decision of an operator about a participant. */
export type ParticipantDecision = { readonly by: Decider; readonly at: Date } & (
  | { readonly command: 'take' | 'approve' | 'reinstate' | 'renew' }
  | { readonly command: 'ask' | 'suspend' | 'refuse' | 'end'; readonly reason: string }
);

const goals: Readonly<Record<ParticipantDecision['command'], ParticipantStatus | null>> = {
  take: 'review',
  ask: 'supplement',
  approve: 'approved',
  refuse: 'ended',
  suspend: 'suspended',
  reinstate: 'approved',
  // A renewal is a deed of its own each time: it never "has happened already".
  renew: null,
  end: 'ended',
};

/**
 * Decides on a participant. A command that already happened changes nothing. `approve` does not lift a suspension,
 * so that a late repeat of an approval can never undo one: that takes `reinstate`.
 */
export function decideParticipant(
  participant: Participant,
  decision: ParticipantDecision,
): Result<ParticipantOutcome, ParticipantError> {
  const eyes = checkEyes(participant, decision);
  if (!eyes.ok) return eyes;
  const { command } = decision;
  if (participantTransitions.canTransition(participant.status, command)) {
    return ok({ participant: applyDecision(participant, decision), changed: true });
  }
  if (participant.status === goals[command]) return ok({ participant, changed: false });
  return refuseStep(participant, command);
}

/** Who sells, or certifies what others sell, is let in by two people: one looks, another decides. */
function needsSecondPerson({ roles }: Participant): boolean {
  return roles.some((role) => role === 'merchant' || (bodyRoles as readonly string[]).includes(role));
}

function checkEyes(participant: Participant, { command, by }: ParticipantDecision): Result<null, ParticipantError> {
  const refuse = (why: string) =>
    err(participantErrors.PARTICIPANT_FOUR_EYES(`${by.subject} may not ${command} ${participant.id}: he ${why}.`));
  if (by.organisationId === participant.id) return refuse('belongs to it');
  if (command !== 'approve' || participant.status !== 'review') return ok(null);
  if (by.subject === participant.submittedBy) return refuse('submitted the application');
  if (needsSecondPerson(participant) && by.subject === participant.takenBy) return refuse('reviewed the application');
  return ok(null);
}

function applyDecision(participant: Participant, decision: ParticipantDecision): Participant {
  const { at, by } = decision;
  const next = { ...participant, revision: participant.revision + 1 };
  switch (decision.command) {
    case 'take':
      return { ...next, status: 'review', takenBy: by.subject };
    case 'ask':
      return { ...next, status: 'supplement' };
    case 'approve':
    case 'reinstate':
      return {
        ...next,
        status: 'approved',
        approvedAt: at,
        approvedBy: by.subject,
        suspendedAt: null,
        suspensionReason: null,
      };
    case 'renew':
      return next;
    case 'suspend':
      return { ...next, status: 'suspended', suspendedAt: at, suspensionReason: decision.reason };
    case 'refuse':
    case 'end':
      return {
        ...next,
        status: 'ended',
        endedAt: at,
        endReason: decision.reason,
        suspendedAt: null,
        suspensionReason: null,
      };
  }
}

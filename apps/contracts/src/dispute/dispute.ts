import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import type { AgreementParty, Signer } from '../agreement/agreement-state.js';
import { disputeErrors, type DisputeError } from './dispute.errors.js';

export type DisputeStatus =
  'open' | 'answered' | 'in_mediation' | 'in_arbitration' | 'settled' | 'withdrawn' | 'upheld' | 'rejected';
export type DisputeCommand =
  'answer' | 'add_evidence' | 'mediate' | 'arbitrate' | 'propose' | 'accept' | 'withdraw' | 'uphold' | 'reject';

/** What can be done in every state that is not the end. */
function meanwhile<S extends DisputeStatus>(state: S) {
  return { add_evidence: state, propose: state, accept: 'settled', withdraw: 'withdrawn' } as const;
}

/** The way of a dispute: objection, answer, mediation by the exchange, arbitration, whose ruling is followed. */
export const disputeTransitions = defineTransitions<DisputeStatus, DisputeCommand>({
  open: { answer: 'answered', mediate: 'in_mediation', ...meanwhile('open') },
  answered: { mediate: 'in_mediation', ...meanwhile('answered') },
  in_mediation: { arbitrate: 'in_arbitration', ...meanwhile('in_mediation') },
  in_arbitration: { uphold: 'upheld', reject: 'rejected', ...meanwhile('in_arbitration') },
  settled: {},
  withdrawn: {},
  upheld: {},
  rejected: {},
}).assertReachable('open');

export const disputeGrounds = ['delivery', 'quality', 'payment', 'use', 'other'] as const;
export type DisputeGround = (typeof disputeGrounds)[number];
export const remedies = ['none', 'suspend', 'terminate'] as const;
/** What a ruling does to the agreement. */
export type Remedy = (typeof remedies)[number];
/** On whose side somebody speaks; the operator mediates and enters rulings. */
export type DisputeSide = AgreementParty | 'operator';

/** A paper one side keeps and shows by its hash: the exchange never holds it. */
export interface Evidence {
  readonly name: string;
  readonly mediaType: string;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;
  readonly note: string | null;
}

/** How one side would let it rest. */
export interface Proposal {
  readonly party: AgreementParty;
  readonly terms: string;
}

/** One thing said or done, which is only ever added to. */
export interface DisputeStep {
  readonly step: number;
  readonly command: 'open' | DisputeCommand;
  readonly from: DisputeStatus | null;
  readonly to: DisputeStatus;
  readonly side: DisputeSide;
  readonly by: Signer;
  readonly said: string | null;
  readonly evidence: readonly Evidence[];
  readonly at: Date;
}

/** What a party says that the other does not keep of their agreement, and how far that has come. */
export interface Dispute {
  readonly id: string;
  readonly agreementId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly openedBy: AgreementParty;
  readonly ground: DisputeGround;
  readonly claim: string;
  readonly status: DisputeStatus;
  readonly step: number;
  /** The settlement on the table; the other side's acceptance settles it. */
  readonly proposal: Proposal | null;
  readonly remedy: Remedy;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

/** What somebody does about a dispute. */
export interface DisputeOrder {
  readonly command: DisputeCommand;
  readonly side: DisputeSide;
  readonly by: Signer;
  readonly said: string | null;
  readonly evidence: readonly Evidence[];
  /** Of a ruling that upholds the claim; none otherwise. */
  readonly remedy: Remedy;
  readonly at: Date;
}

/** What a command did. */
export interface DisputeOutcome {
  readonly dispute: Dispute;
  readonly step: DisputeStep;
}

/** A dispute nobody could read any more helps nobody: then it goes to those who decide. */
const MAX_STEPS = 200;

/** Opens a dispute about an agreement that binds or bound. */
export function openDispute(
  input: Omit<Dispute, 'status' | 'step' | 'proposal' | 'remedy' | 'closedAt'>,
  { by, evidence }: { by: Signer; evidence: readonly Evidence[] },
): DisputeOutcome {
  const { claim: said, openedBy: side, openedAt: at } = input;
  const dispute: Dispute = { ...input, status: 'open', step: 1, proposal: null, remedy: 'none', closedAt: null };
  return { dispute, step: { step: 1, command: 'open', from: null, to: 'open', side, by, said, evidence, at } };
}

/**
 * Takes one step, if the state accepts it and the side may take it. What is said and shown is kept as it was.
 *
 * @returns AGREEMENT_DISPUTE_TRANSITION_REFUSED, _ROLE_NEEDED, _NOTHING_PROPOSED or _FULL.
 */
export function actOnDispute(dispute: Dispute, order: DisputeOrder): Result<DisputeOutcome, DisputeError> {
  const { command, side } = order;
  const [to] = disputeTransitions.targets(dispute.status, command);
  if (to === undefined) return refuse(dispute, command);
  const fault = roleFault(dispute, command, side) ?? proposalFault(dispute, command, side);
  if (fault !== null) return err(fault);
  const step = dispute.step + 1;
  const closes = disputeTransitions.isFinal(to);
  if (step > MAX_STEPS && !closes) {
    return err(disputeErrors.AGREEMENT_DISPUTE_FULL(`${dispute.id} has ${MAX_STEPS} steps already.`));
  }
  const { by, said, evidence, at } = order;
  return ok({
    dispute: {
      ...dispute,
      status: to,
      step,
      proposal: proposalAfter(dispute, order),
      remedy: command === 'uphold' ? order.remedy : dispute.remedy,
      closedAt: closes ? at : null,
    },
    step: { step, command, from: dispute.status, to, side, by, said, evidence, at },
  });
}

function proposalAfter(dispute: Dispute, { command, side, said }: DisputeOrder): Proposal | null {
  if (command !== 'propose') return dispute.proposal;
  return side === 'operator' || said === null ? dispute.proposal : { party: side, terms: said };
}

/** Who may do what: the one who opened it, the other, both, or the exchange. */
function roleFault(dispute: Dispute, command: DisputeCommand, side: DisputeSide): DisputeError | null {
  const other = dispute.openedBy === 'merchant' ? 'buyer' : 'merchant';
  const may: Record<DisputeCommand, readonly DisputeSide[]> = {
    answer: [other],
    withdraw: [dispute.openedBy],
    mediate: ['merchant', 'buyer', 'operator'],
    arbitrate: ['merchant', 'buyer'],
    propose: ['merchant', 'buyer'],
    accept: ['merchant', 'buyer'],
    add_evidence: ['merchant', 'buyer', 'operator'],
    uphold: ['operator'],
    reject: ['operator'],
  };
  if (may[command].includes(side)) return null;
  return disputeErrors.AGREEMENT_DISPUTE_ROLE_NEEDED(
    `"${command}" of ${dispute.id} is for the ${may[command].join(' or the ')}, not for the ${side}.`,
    { meta: { needed: may[command] } },
  );
}

/** Nobody settles with himself. */
function proposalFault(dispute: Dispute, command: DisputeCommand, side: DisputeSide): DisputeError | null {
  if (command !== 'accept' || (dispute.proposal !== null && dispute.proposal.party !== side)) return null;
  return disputeErrors.AGREEMENT_DISPUTE_NOTHING_PROPOSED(
    `The other side has proposed nothing in ${dispute.id} that the ${side} could accept.`,
  );
}

function refuse(dispute: Dispute, command: DisputeCommand): Result<never, DisputeError> {
  const accepted = disputeTransitions.commandsFrom(dispute.status);
  return err(
    disputeErrors.AGREEMENT_DISPUTE_TRANSITION_REFUSED(
      `${dispute.id} is ${dispute.status}; "${command}" is not possible.`,
      { meta: { status: dispute.status, accepted } },
    ),
  );
}

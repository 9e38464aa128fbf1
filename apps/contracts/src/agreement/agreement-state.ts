import { defineTransitions } from '@hetao/kernel';
import type { AgreementText } from './agreement-text.js';

export type AgreementStatus =
  | 'awaiting_signatures'
  | 'concluded'
  | 'in_force'
  | 'suspended'
  | 'ended'
  | 'terminated'
  | 'expired'
  | 'superseded'
  | 'lapsed';
export type AgreementCommand =
  | 'sign'
  | 'renew'
  | 'activate'
  | 'suspend'
  | 'resume'
  | 'give_notice'
  | 'withdraw_notice'
  | 'supersede'
  | 'end'
  | 'terminate'
  | 'expire';

/** What every agreement that binds can come to. */
const endings = { end: 'ended', terminate: 'terminated', expire: 'expired' } as const;

/**
 * The life of an agreement. `concluded` binds but gives no access yet; `suspended` binds and gives none for a while;
 * `lapsed` never bound. A party ends it, the operator terminates it, time lets it expire, and another text supersedes it
 * while it is in force: not before, when there is nothing to replace, and not while it is held, which would lift the hold.
 */
export const agreementTransitions = defineTransitions<AgreementStatus, AgreementCommand>({
  awaiting_signatures: {
    sign: ['awaiting_signatures', 'concluded'],
    renew: 'concluded',
    end: 'lapsed',
    terminate: 'lapsed',
    expire: 'lapsed',
  },
  concluded: {
    activate: 'in_force',
    suspend: 'suspended',
    give_notice: 'concluded',
    withdraw_notice: 'concluded',
    ...endings,
  },
  in_force: {
    suspend: 'suspended',
    give_notice: 'in_force',
    withdraw_notice: 'in_force',
    supersede: 'superseded',
    ...endings,
  },
  suspended: {
    suspend: 'suspended',
    resume: ['suspended', 'concluded', 'in_force'],
    give_notice: 'suspended',
    withdraw_notice: 'suspended',
    ...endings,
  },
  ended: {},
  terminated: {},
  expired: {},
  superseded: {},
  lapsed: {},
}).assertReachable('awaiting_signatures');

export type AgreementParty = 'merchant' | 'buyer';

/** Who acts. */
export interface Signer {
  readonly subject: string;
  readonly organisationId: string;
}

/** The exchange's record that an authenticated person declared his organisation's consent to exactly this document. */
export interface Signature extends Signer {
  /** The person's name as the exchange knew it then. */
  readonly displayName: string;
  readonly party: AgreementParty;
  readonly documentHash: string;
  readonly signedAt: Date;
}

/** Whose word holds an agreement back: a side's, the operator's, a ruling, or a side that may not trade now. */
export type Holder = AgreementParty | 'operator' | 'standing' | 'dispute';

/** One reason why an agreement rests; each holder has one at most, and only he lifts it. */
export interface Hold {
  readonly holder: Holder;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** That a party ends the agreement, and from when on; each party gives one at most. */
export interface Notice {
  readonly party: AgreementParty;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly givenAt: string;
  readonly endsAt: string;
}

/** How far an agreement has come. */
export interface AgreementState {
  readonly status: AgreementStatus;
  /** Number of the last step of its history. */
  readonly step: number;
  readonly signatures: readonly Signature[];
  readonly holds: readonly Hold[];
  readonly notices: readonly Notice[];
  /** When it first came into force; null while it has not. */
  readonly inForceSince: Date | null;
  /** The text drawn up to take its place, unless that came to nothing. */
  readonly successorId: string | null;
}

/** An agreement and how far it has come. */
export interface Agreement extends AgreementText, AgreementState {}

/** One line of the history, which is only ever added to. */
export interface AgreementStep {
  readonly step: number;
  readonly command: 'draft' | AgreementCommand;
  readonly from: AgreementStatus | null;
  readonly to: AgreementStatus;
  readonly at: Date;
  /** Null when time did it. */
  readonly by: Signer | null;
  readonly reason: string | null;
}

/** What a command did; `steps` and `signatures` are new, and empty when it had already happened. */
export interface AgreementOutcome {
  readonly agreement: Agreement;
  readonly steps: readonly AgreementStep[];
  readonly signature: Signature | null;
}

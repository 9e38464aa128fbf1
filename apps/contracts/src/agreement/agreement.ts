import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { agreementDocument, releaseCondition, type AgreementMatter, type AgreementText } from './agreement-document.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';

export type AgreementStatus =
  'awaiting_signatures' | 'concluded' | 'in_force' | 'ended' | 'terminated' | 'expired' | 'lapsed';
export type AgreementCommand = 'sign' | 'activate' | 'end' | 'terminate' | 'expire';

/**
 * The life of an agreement. `concluded` binds but gives no access yet; `lapsed` never bound. A party ends it, the
 * operator terminates it, time lets it expire.
 */
export const agreementTransitions = defineTransitions<AgreementStatus, AgreementCommand>({
  awaiting_signatures: {
    sign: ['awaiting_signatures', 'concluded'],
    end: 'lapsed',
    terminate: 'lapsed',
    expire: 'lapsed',
  },
  concluded: { activate: 'in_force', end: 'ended', terminate: 'terminated', expire: 'expired' },
  in_force: { end: 'ended', terminate: 'terminated', expire: 'expired' },
  ended: {},
  terminated: {},
  expired: {},
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

/** An agreement and how far it has come. */
export interface Agreement extends AgreementText {
  readonly status: AgreementStatus;
  /** Number of the last step of its history. */
  readonly step: number;
  readonly signatures: readonly Signature[];
}

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

/** Draws up the agreement a merchant consented to; nobody has signed it yet. */
export function draftAgreement(
  matter: AgreementMatter,
  input: { by: Signer; at: Date; signBy: Date },
): AgreementOutcome {
  const { offer } = matter;
  const document = agreementDocument(matter);
  const agreement: Agreement = {
    id: matter.agreementId,
    requestId: matter.requestId,
    offerId: offer.id,
    productId: offer.productId,
    productVersion: offer.productVersion,
    merchantId: matter.merchant.id,
    buyerId: matter.buyer.id,
    channelPartnerId: offer.channelPartnerId,
    plan: offer.plan,
    policy: offer.policy,
    quota: offer.quota,
    purpose: matter.purpose,
    placeOfUse: matter.placeOfUse,
    release: releaseCondition(matter),
    effectiveFrom: offer.term.from,
    effectiveUntil: offer.term.until,
    signBy: earlier(input.signBy, offer.term.until),
    document,
    documentHash: documentHash(document),
    draftedAt: input.at,
    status: 'awaiting_signatures',
    step: 1,
    signatures: [],
  };
  const draft = {
    step: 1,
    command: 'draft',
    from: null,
    to: agreement.status,
    at: input.at,
    by: input.by,
    reason: null,
  };
  return { agreement, steps: [draft as AgreementStep], signature: null };
}

/**
 * Signs for one party. The hash must be the document's, also when signing again; the same party signing again changes
 * nothing, whatever became of the agreement since. The second signature concludes it.
 */
export function signAgreement(
  agreement: Agreement,
  input: { party: AgreementParty; signer: Signer & { displayName: string }; documentHash: string; at: Date },
): Result<AgreementOutcome, AgreementError> {
  if (input.documentHash !== agreement.documentHash) {
    return err(
      agreementErrors.AGREEMENT_HASH_MISMATCH(
        `The document of agreement ${agreement.id} has the hash ${agreement.documentHash}, not ${input.documentHash}.`,
        { pointer: '/document_hash' },
      ),
    );
  }
  if (agreement.signatures.some(({ party }) => party === input.party)) return ok(unchanged(agreement));
  if (!agreementTransitions.canTransition(agreement.status, 'sign')) return refuse(agreement, 'sign');
  if (input.at.getTime() >= agreement.signBy.getTime()) {
    return err(
      agreementErrors.AGREEMENT_SIGNING_OVER(
        `Agreement ${agreement.id} could be signed until ${agreement.signBy.toISOString()}.`,
      ),
    );
  }
  const { party, at } = input;
  const { displayName, ...signer } = input.signer;
  const signature: Signature = { ...signer, displayName, party, documentHash: input.documentHash, signedAt: at };
  const signatures = [...agreement.signatures, signature];
  const to = signatures.length === 2 ? 'concluded' : 'awaiting_signatures';
  const moved = move({ ...agreement, signatures }, { command: 'sign', to, at, by: signer, reason: null });
  return ok({ ...moved, signature });
}

/** Ends, for a party (`end`) or for the operator (`terminate`), what is not over yet. */
export function endAgreement(
  agreement: Agreement,
  input: { command: 'end' | 'terminate'; by: Signer; reason: string; at: Date },
): Result<AgreementOutcome, AgreementError> {
  const goal = input.command === 'end' ? 'ended' : 'terminated';
  if (agreement.status === goal || agreement.status === 'lapsed') return ok(unchanged(agreement));
  const [to] = agreementTransitions.targets(agreement.status, input.command);
  if (to === undefined) return refuse(agreement, input.command);
  return ok(move(agreement, { ...input, to }));
}

/**
 * What time does by itself at this instant, if anything: bring a concluded agreement into force, let it expire, or let
 * an unsigned one lapse. An agreement whose whole term passed before it could come into force just expires.
 *
 * @param released whether a release of customs for this agreement is in force; asked only of one that crosses a border.
 */
export function advanceAgreement(agreement: Agreement, at: Date, released = false): AgreementOutcome {
  const command = dueCommand(agreement, at, released);
  if (command === null) return unchanged(agreement);
  const [to] = agreementTransitions.targets(agreement.status, command);
  if (to === undefined) return unchanged(agreement);
  return move(agreement, { command, to, at, by: null, reason: null });
}

/**
 * The next instant at which {@link advanceAgreement} will do something; null once it is over. Until it is released, time
 * alone does not bring an agreement that crosses a border into force.
 */
export function dueAt(agreement: Agreement, released = false): Date | null {
  switch (agreement.status) {
    case 'awaiting_signatures':
      return agreement.signBy;
    case 'concluded':
      if (!mayEnter(agreement, released)) return agreement.effectiveUntil;
      return earlier(agreement.effectiveFrom, agreement.effectiveUntil);
    case 'in_force':
      return agreement.effectiveUntil;
    default:
      return null;
  }
}

/** Which party of the agreement an organisation is; null when it is none. */
export function partyOf(agreement: Agreement, organisationId: string): AgreementParty | null {
  if (organisationId === agreement.merchantId) return 'merchant';
  return organisationId === agreement.buyerId ? 'buyer' : null;
}

function mayEnter({ release }: Agreement, released: boolean): boolean {
  return release === null || released;
}

function dueCommand(agreement: Agreement, at: Date, released: boolean): 'activate' | 'expire' | null {
  const now = at.getTime();
  const deadline = agreement.status === 'awaiting_signatures' ? agreement.signBy : agreement.effectiveUntil;
  if (now >= deadline.getTime()) return 'expire';
  if (agreement.status !== 'concluded' || !mayEnter(agreement, released)) return null;
  return now >= agreement.effectiveFrom.getTime() ? 'activate' : null;
}

function move(agreement: Agreement, change: Omit<AgreementStep, 'step' | 'from'>): AgreementOutcome {
  const { command, to, at, by, reason } = change;
  const step = agreement.step + 1;
  const line: AgreementStep = { step, command, from: agreement.status, to, at, by, reason };
  return { agreement: { ...agreement, status: to, step }, steps: [line], signature: null };
}

function unchanged(agreement: Agreement): AgreementOutcome {
  return { agreement, steps: [], signature: null };
}

function refuse(agreement: Agreement, command: AgreementCommand): Result<never, AgreementError> {
  const accepted = agreementTransitions.commandsFrom(agreement.status);
  return err(
    agreementErrors.AGREEMENT_TRANSITION_REFUSED(
      `Agreement ${agreement.id} is ${agreement.status}; "${command}" is not possible.`,
      { meta: { status: agreement.status, accepted } },
    ),
  );
}

function earlier(a: Date, b: Date): Date {
  return a.getTime() <= b.getTime() ? a : b;
}

import { earlier, err, ok, type Result } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { agreementDocument } from './agreement-document.js';
import {
  agreementTransitions,
  type Agreement,
  type AgreementCommand,
  type AgreementOutcome,
  type AgreementParty,
  type AgreementStep,
  type Signature,
  type Signer,
} from './agreement-state.js';
import { releaseCondition, type AgreementMatter } from './agreement-text.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';

export * from './agreement-state.js';

/** Draws up the agreement a merchant consented to; nobody has signed it yet. */
export function draftAgreement(
  matter: AgreementMatter,
  input: { by: Signer | null; at: Date; signBy: Date },
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
    timeZone: offer.timeZone,
    policy: offer.policy,
    quota: offer.quota,
    noticeDays: offer.noticeDays,
    renewal: offer.renewal,
    purpose: matter.purpose,
    placeOfUse: matter.placeOfUse,
    release: releaseCondition(matter),
    effectiveFrom: offer.term.from,
    effectiveUntil: offer.term.until,
    supersedes: matter.supersedes ?? null,
    signBy: earlier(input.signBy, offer.term.until),
    document,
    documentHash: documentHash(document),
    draftedAt: input.at,
    status: 'awaiting_signatures',
    step: 0,
    signatures: [],
    holds: [],
    notices: [],
    inForceSince: null,
    successorId: null,
  };
  const drafted = move(agreement, {
    command: 'draft',
    to: 'awaiting_signatures',
    at: input.at,
    by: input.by,
    reason: null,
  });
  return { ...drafted, steps: drafted.steps.map((step) => ({ ...step, from: null })) };
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

/** Which party of the agreement an organisation is; null when it is none. */
export function partyOf(
  agreement: Pick<Agreement, 'merchantId' | 'buyerId'>,
  organisationId: string,
): AgreementParty | null {
  if (organisationId === agreement.merchantId) return 'merchant';
  return organisationId === agreement.buyerId ? 'buyer' : null;
}

/** Whether it binds both sides now; nothing more happens to one that is over. */
export function isBinding({ status }: Pick<Agreement, 'status'>): boolean {
  return status === 'concluded' || status === 'in_force' || status === 'suspended';
}

/** Takes one step; whether it is lawful was asked before. */
export function move(agreement: Agreement, change: Omit<AgreementStep, 'step' | 'from'>): AgreementOutcome {
  const { command, to, at, by, reason } = change;
  const step = agreement.step + 1;
  const line: AgreementStep = { step, command, from: agreement.status, to, at, by, reason };
  return { agreement: { ...agreement, status: to, step }, steps: [line], signature: null };
}

/** What a command did that had already happened. */
export function unchanged(agreement: Agreement): AgreementOutcome {
  return { agreement, steps: [], signature: null };
}

/** The refusal of a command that the state does not accept, with those it does. */
export function refuse(agreement: Agreement, command: AgreementCommand): Result<never, AgreementError> {
  const accepted = agreementTransitions.commandsFrom(agreement.status);
  return err(
    agreementErrors.AGREEMENT_TRANSITION_REFUSED(
      `Agreement ${agreement.id} is ${agreement.status}; "${command}" is not possible.`,
      { meta: { status: agreement.status, accepted } },
    ),
  );
}

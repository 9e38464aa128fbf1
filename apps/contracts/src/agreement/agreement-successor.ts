import { canonicalJson, err, later, ok, type DomainError, type Jurisdiction, type Result } from '@hetao/kernel';
import { monthsLater } from '@hetao/rating';
import type { Party } from '../directory/directory.js';
import { publicTerms } from '../offer/public-terms.js';
import { checkTerms, type Terms } from '../offer/terms.js';
import { permitUse } from '../policy/policy.js';
import {
  agreementTransitions,
  draftAgreement,
  move,
  refuse,
  type Agreement,
  type AgreementOutcome,
  type Signer,
} from './agreement.js';
import type { AgreedTerms, AgreementMatter } from './agreement-text.js';
import { agreementErrors } from './agreement.errors.js';

/** What an amendment says anew; what is left out stays as it was. */
export interface Amendment extends Partial<Omit<Terms, 'term' | 'channelPartnerId'>> {
  readonly purpose?: string;
  readonly placeOfUse?: Jurisdiction;
  /** From when on, at the earliest; left out: as soon as both signed. */
  readonly effectiveFrom?: Date;
  readonly effectiveUntil?: Date;
}

/** Who the two are now and where the data lies: what a new text has to name. */
export interface Setting {
  readonly merchant: Party;
  readonly buyer: Party;
  readonly origin: Jurisdiction;
  readonly schemaHash: string | null;
}

/** How long both sides have to sign what one of them proposed. */
const SIGNING_MS = 30 * 86_400_000;

/**
 * Draws up the text a party proposes in place of an agreement: a document of its own, which names the one it supersedes.
 * Until both signed it and it came into force, everything stays as it is.
 *
 * @returns AGREEMENT_TRANSITION_REFUSED, AGREEMENT_AMENDMENT_OPEN or _EMPTY, or what is wrong with the terms.
 */
export function proposeAmendment(
  agreement: Agreement,
  input: { id: string; amendment: Amendment; setting: Setting; by: Signer; at: Date },
): Result<AgreementOutcome, DomainError> {
  const { id, amendment, setting, by, at } = input;
  if (!agreementTransitions.canTransition(agreement.status, 'supersede')) return refuse(agreement, 'supersede');
  if (agreement.successorId !== null) {
    const detail = `${agreement.successorId} is drawn up in place of agreement ${agreement.id} already.`;
    return err(agreementErrors.AGREEMENT_AMENDMENT_OPEN(detail, { meta: { agreement_id: agreement.successorId } }));
  }
  const matter = amended(agreement, id, amendment, { setting, at });
  if (sameTerms(agreement, matter)) {
    return err(agreementErrors.AGREEMENT_AMENDMENT_EMPTY(`Nothing in agreement ${agreement.id} would change.`));
  }
  const terms = checkTerms(matter.offer, agreement.merchantId, at);
  if (!terms.ok) return terms;
  const { purpose, placeOfUse } = matter;
  const permitted = permitUse(matter.offer.policy, { purpose, placeOfUse, recipient: agreement.buyerId });
  if (!permitted.ok) return permitted;
  return ok(draftAgreement(matter, { by, at, signBy: later(at, SIGNING_MS) }));
}

/**
 * The next term of an agreement that renews itself: the same words, for as long as both agreed when they signed the
 * first. It binds by that clause, so nobody signs it again.
 */
export function renewAgreement(
  agreement: Agreement,
  input: { id: string; setting: Setting; at: Date },
): AgreementOutcome | null {
  const { renewal, effectiveUntil, timeZone } = agreement;
  if (renewal === null) return null;
  const { id, setting, at } = input;
  const until = monthsLater(effectiveUntil, renewal.months, timeZone);
  const left = renewal.times - 1;
  const offer: AgreedTerms = {
    ...termsOf(agreement),
    term: { from: effectiveUntil, until },
    renewal: left > 0 ? { ...renewal, times: left } : null,
  };
  const drafted = draftAgreement(matterOf(agreement, { id, offer, setting, kind: 'renewal' }), {
    by: null,
    at,
    signBy: until,
  });
  const reason = `by the renewal clause of ${agreement.id}`;
  const renewed = move(drafted.agreement, { command: 'renew', to: 'concluded', at, by: null, reason });
  return { ...renewed, steps: [...drafted.steps, ...renewed.steps] };
}

function amended(
  agreement: Agreement,
  id: string,
  { purpose, placeOfUse, effectiveFrom, effectiveUntil, ...changes }: Amendment,
  { setting, at }: { setting: Setting; at: Date },
): AgreementMatter {
  const from = effectiveFrom ?? at;
  const term = {
    from: from.getTime() < agreement.effectiveFrom.getTime() ? agreement.effectiveFrom : from,
    until: effectiveUntil ?? agreement.effectiveUntil,
  };
  const offer: AgreedTerms = { ...termsOf(agreement), ...changes, term };
  const matter = matterOf(agreement, { id, offer, setting, kind: 'amendment' });
  return { ...matter, purpose: purpose ?? agreement.purpose, placeOfUse: placeOfUse ?? agreement.placeOfUse };
}

function matterOf(
  agreement: Agreement,
  text: { id: string; offer: AgreedTerms; setting: Setting; kind: 'amendment' | 'renewal' },
): AgreementMatter {
  const { requestId, purpose, placeOfUse, documentHash } = agreement;
  const supersedes = { agreementId: agreement.id, documentHash, kind: text.kind };
  return { agreementId: text.id, requestId, offer: text.offer, ...text.setting, purpose, placeOfUse, supersedes };
}

function termsOf(agreement: Agreement): AgreedTerms {
  const { offerId: id, productId, productVersion, plan, timeZone, policy, quota, noticeDays, renewal } = agreement;
  const { channelPartnerId, effectiveFrom: from, effectiveUntil: until } = agreement;
  const terms = { plan, timeZone, policy, quota, noticeDays, renewal, channelPartnerId, term: { from, until } };
  return { id, productId, productVersion, ...terms };
}

function sameTerms(agreement: Agreement, matter: AgreementMatter): boolean {
  const told = (terms: Omit<Terms, 'term'>, until: Date, purpose: string, place: string) =>
    canonicalJson({ ...publicTerms(terms), until: until.toISOString(), purpose, place });
  const { offer, purpose, placeOfUse } = matter;
  return (
    told(agreement, agreement.effectiveUntil, agreement.purpose, agreement.placeOfUse) ===
    told(offer, offer.term.until, purpose, placeOfUse)
  );
}

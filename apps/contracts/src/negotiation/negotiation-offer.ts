import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { OdrlPolicy } from '@hetao/rules';
import { requireOpen, type Offer } from '../offer/offer.js';
import { checkTerms, type Terms } from '../offer/terms.js';
import { permitUse, type IntendedUse } from '../policy/policy.js';
import { negotiationErrors } from './negotiation.errors.js';
import type { Side } from './negotiation-protocol.js';

/** The terms a counter-offer may change; whatever it leaves out stays as the published offer has it. */
export type TermsChange = Partial<Pick<Terms, 'plan' | 'policy' | 'quota' | 'term'>>;

/** One offer of the chain: what a side put on the table, and until when it stands. */
export interface OfferMade {
  /** 1 for the first word of the negotiation. */
  readonly number: number;
  readonly side: Side;
  /** How its terms differ from the published offer's; empty when they do not. */
  readonly change: TermsChange;
  /** What the buyer means to do; null while nobody has said. */
  readonly use: IntendedUse | null;
  /** Towards a peer: its name on the wire and its rules, word for word as they were sent. */
  readonly wire: WireOffer | null;
  readonly note: string | null;
  /** It can be answered until just before. */
  readonly validUntil: Date;
  readonly madeAt: Date;
  /** Subject of the person; null where a peer made it. */
  readonly madeBy: string | null;
}

/** An offer as peers write it: an id and rules. */
export interface WireOffer {
  readonly id: string;
  readonly rules: OdrlPolicy;
}

/** The published offer with what lies on the table over it: the terms an agreement would have. */
export function termsOnTable(published: Offer, offer: OfferMade): Offer {
  return { ...published, ...offer.change, validUntil: offer.validUntil };
}

/** What somebody wants to be different. */
export interface Counter {
  readonly change: TermsChange;
  readonly note: string | null;
  /** Null: as long as what lies on the table now. */
  readonly validUntil: Date | null;
}

/**
 * Makes the next offer of the chain: what lies on the table, with these changes. Its terms are held to the same rules
 * as those of a published offer, and must allow the use that was asked for: another use is another request.
 *
 * @returns the offer; NEGOTIATION_OFFER_EMPTY, or what is wrong with the terms (OFFER_*, POLICY_*, PRICE_PLAN_INVALID).
 */
export function counterOffer(
  { published, onTable }: { readonly published: Offer; readonly onTable: OfferMade },
  counter: Counter,
  by: { readonly side: Side; readonly subject: string | null },
  at: Date,
): Result<OfferMade, DomainError> {
  if (Object.keys(counter.change).length === 0) {
    return err(negotiationErrors.NEGOTIATION_OFFER_EMPTY('None of the terms differs from what lies on the table.'));
  }
  const made: OfferMade = {
    number: onTable.number + 1,
    side: by.side,
    change: { ...onTable.change, ...counter.change },
    use: onTable.use,
    wire: null,
    note: counter.note,
    validUntil: counter.validUntil ?? onTable.validUntil,
    madeAt: at,
    madeBy: by.subject,
  };
  const terms = termsOnTable(published, made);
  const open = requireOpen(terms, at);
  if (!open.ok) return open;
  const checked = checkTerms(terms, published.merchantId, at);
  if (!checked.ok) return checked;
  if (made.use === null) return ok(made);
  const permitted = permitUse(terms.policy, made.use);
  return permitted.ok ? ok(made) : permitted;
}

/** The first offer of a chain that begins with what was published, as it was published. */
export function firstOffer(
  published: Offer,
  use: IntendedUse,
  by: { readonly side: Side; readonly subject: string | null },
  at: Date,
): OfferMade {
  return {
    number: 1,
    side: by.side,
    change: {},
    use,
    wire: null,
    note: null,
    validUntil: published.validUntil,
    madeAt: at,
    madeBy: by.subject,
  };
}

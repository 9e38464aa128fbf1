import { err, ok, type Jurisdiction, type LocalizedText, type Result } from '@hetao/kernel';
import { directoryErrors, type DirectoryError } from './directory.errors.js';

/** Standings in the order that settles two facts of one instant: the stricter one holds. */
const standings = ['registered', 'approved', 'suspended'] as const;
export type PartyStanding = (typeof standings)[number];

/** What the catalog said about an organisation, as far as contracts needs it. Facts may still be missing. */
export interface DirectoryParty {
  readonly id: string;
  readonly standing: PartyStanding;
  readonly standingAt: Date;
  /** Null until a fact that carries it arrived: a suspension does not. */
  readonly profile: PartyProfile | null;
}

export interface PartyProfile {
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
  readonly roles: readonly string[];
  /** Instant of the fact this was taken from. */
  readonly asOf: Date;
}

/** One fact about an organisation. */
export interface PartyFact {
  readonly id: string;
  readonly standing: PartyStanding;
  readonly at: Date;
  readonly profile: Omit<PartyProfile, 'asOf'> | null;
}

/** What the catalog said about a product. */
export interface DirectoryProduct {
  readonly id: string;
  readonly merchantId: string;
  readonly listed: boolean;
  readonly changedAt: Date;
  /** Null until the listing itself arrived. */
  readonly listing: ProductListing | null;
}

export interface ProductListing {
  readonly name: LocalizedText;
  readonly kind: string;
  readonly version: number;
  /** Instant of the listing this was taken from. */
  readonly asOf: Date;
}

/** One fact about a product; `listing` is null when it was delisted. */
export interface ProductFact {
  readonly id: string;
  readonly merchantId: string;
  readonly at: Date;
  readonly listing: Omit<ProductListing, 'asOf'> | null;
}

/** An organisation that may trade: approved, with everything a document needs to name it. */
export interface Party {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
}

/** A product on sale. */
export interface ListedProduct {
  readonly id: string;
  readonly merchantId: string;
  readonly name: LocalizedText;
  readonly kind: string;
  readonly version: number;
}

/**
 * Takes one more fact in. The latest fact wins by its own time, so facts may come twice or in any order and the
 * outcome is the same.
 */
export function learnParty(known: DirectoryParty | undefined, fact: PartyFact): DirectoryParty {
  const profile = laterProfile(known?.profile ?? null, fact);
  const stays = known !== undefined && !supersedes(fact, known);
  return stays ? { ...known, profile } : { id: fact.id, standing: fact.standing, standingAt: fact.at, profile };
}

/** As {@link learnParty}, for products; of one instant, the delisting holds. */
export function learnProduct(known: DirectoryProduct | undefined, fact: ProductFact): DirectoryProduct {
  const listing = laterListing(known?.listing ?? null, fact);
  const listed = fact.listing !== null;
  const difference = known === undefined ? 1 : fact.at.getTime() - known.changedAt.getTime();
  const stays = known !== undefined && (difference < 0 || (difference === 0 && listed));
  if (stays) return { ...known, listing };
  return { id: fact.id, merchantId: fact.merchantId, listed, changedAt: fact.at, listing };
}

/** The organisation if it may trade in this role now; why not, otherwise. */
export function requireParty(
  known: DirectoryParty | undefined,
  id: string,
  role: string,
): Result<Party, DirectoryError> {
  if (known === undefined || known.profile === null) {
    return err(directoryErrors.PARTY_NOT_KNOWN_YET(`No fact about organisation ${id} has arrived.`, retryable));
  }
  if (known.standing !== 'approved' || !known.profile.roles.includes(role)) {
    return err(
      directoryErrors.PARTY_NOT_APPROVED(
        `Organisation ${id} is ${known.standing} with the roles ${known.profile.roles.join(', ') || 'none'}; it needs to be approved as ${role}.`,
        // The approval may be on its way; a suspension is not lifted by waiting.
        { meta: { standing: known.standing, retryable: known.standing === 'registered' } },
      ),
    );
  }
  return ok({ id, name: known.profile.name, jurisdiction: known.profile.jurisdiction });
}

/** Why what already binds an organisation must rest; null while nothing was said against it. */
export function impedimentOf(known: DirectoryParty | undefined): string | null {
  return known?.standing === 'suspended' ? `organisation ${known.id} is suspended` : null;
}

/** What the catalog said of what a product holds. */
export interface ProductDescription {
  readonly storedIn: Jurisdiction;
  /** SHA-256 of the canonical JSON of its fields; null where it was described before that was kept. */
  readonly schemaHash: string | null;
}

/** The product if it is on sale now; why not, otherwise. */
export function requireListed(known: DirectoryProduct | undefined, id: string): Result<ListedProduct, DirectoryError> {
  if (known === undefined || known.listing === null) {
    return err(directoryErrors.PRODUCT_NOT_KNOWN_YET(`No listing of product ${id} has arrived.`, retryable));
  }
  if (!known.listed) {
    return err(directoryErrors.PRODUCT_NOT_ON_SALE(`Product ${id} was delisted at ${known.changedAt.toISOString()}.`));
  }
  const { name, kind, version } = known.listing;
  return ok({ id, merchantId: known.merchantId, name, kind, version });
}

/** Facts travel behind the answer the caller may have read; a program can tell that waiting helps. */
const retryable = { meta: { retryable: true } } as const;

function supersedes(fact: PartyFact, known: DirectoryParty): boolean {
  const difference = fact.at.getTime() - known.standingAt.getTime();
  if (difference !== 0) return difference > 0;
  return standings.indexOf(fact.standing) > standings.indexOf(known.standing);
}

function laterProfile(known: PartyProfile | null, { profile, at }: PartyFact): PartyProfile | null {
  if (profile === null || (known !== null && known.asOf.getTime() > at.getTime())) return known;
  return { ...profile, asOf: at };
}

function laterListing(known: ProductListing | null, { listing, at }: ProductFact): ProductListing | null {
  if (listing === null || (known !== null && known.asOf.getTime() > at.getTime())) return known;
  return { ...listing, asOf: at };
}

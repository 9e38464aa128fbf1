import { defineErrors, err, ok, type DomainError, type Result } from '@hetao/kernel';
import { documentHash } from '../hash.js';
import { renewalFault } from './agreement-renewal.js';
import { verifyAgreementSignature, type SignedDocument, type SigningKeyRecord } from './agreement-signature.js';
import { readSigningJwk, thumbprintOf } from './signing-jwk.js';

export const agreementBundleForm = 'hetao-agreement-bundle-1';
export type BundleParty = 'merchant' | 'buyer';

/** Everything it takes to check an agreement without asking anybody. Times are ISO 8601 instants. */
export interface AgreementBundle {
  readonly form: typeof agreementBundleForm;
  readonly document: SignedDocument;
  readonly document_hash: string;
  /** What the exchange wrote down: that somebody signed in declared his organisation's consent. Its word, no proof. */
  readonly consents: readonly {
    readonly party: BundleParty;
    readonly organisation_id: string;
    readonly document_hash: string;
    readonly signed_at: string;
  }[];
  /** Signatures with keys of the parties. */
  readonly signatures: readonly {
    readonly party: BundleParty;
    readonly organisation_id: string;
    readonly jws: string;
    /** When the exchange received it. */
    readonly received_at: string;
  }[];
  /** The keys those signatures were made with. */
  readonly keys: readonly SigningKeyRecord[];
  /** Of the agreement this one renews by its clause, without anybody signing anew; null where it was signed itself. */
  readonly previous: AgreementBundle | null;
}

/** How a party is bound. */
export interface BoundParty {
  readonly party: BundleParty;
  readonly organisationId: string;
  /** The key that proves it; null where only the exchange's record of consent stands for it. */
  readonly kid: string | null;
  readonly at: Date;
}
export interface VerifiedAgreement {
  readonly agreementId: string;
  readonly documentHash: string;
  readonly parties: readonly BoundParty[];
}

export const bundleErrors = defineErrors({
  AGREEMENT_BUNDLE_INVALID: {
    kind: 'unprocessable',
    title: 'The bundle does not fit together',
    fix: 'Take the bundle as GET /v1/agreements/{id}/bundle answered it, unchanged.',
  },
  AGREEMENT_DOCUMENT_TAMPERED: {
    kind: 'unprocessable',
    title: 'The document is not the one that was signed',
    fix: 'Ask the other party, or the exchange, for the document with the hash that was signed.',
  },
  AGREEMENT_KEY_UNTRUSTED: {
    kind: 'unprocessable',
    title: 'A key is not one you trust',
    fix: 'Ask the organisation for the thumbprint of its key over another way, and check with a file of keys you trust.',
  },
  AGREEMENT_SIGNATURE_MISSING: {
    kind: 'unprocessable',
    title: 'A party has not signed',
    fix: 'Ask that party to sign with a key; where it did consent on the exchange, say that the exchange’s record is enough for you.',
  },
});

const DOCUMENT_TYPE = /^hetao\.agreement\.v[1-9][0-9]?$/;
const PARTIES: readonly BundleParty[] = ['merchant', 'buyer'];

/** Why one should believe. */
export interface BundleTrust {
  /** Keys one knows to be the parties'; without them the keys are those the exchange registered, as the bundle says. */
  readonly keys?: readonly SigningKeyRecord[];
  /** Whether the exchange's record of a consent is enough where a party signed with no key. */
  readonly records?: boolean;
}

/** Terms one after another that are followed back to the one that was signed. */
const MAX_CHAIN = 100;

/**
 * Checks a signed agreement offline, in Node and in a browser: the document against its hash, each party's signature
 * against the document and its key, the key's dates against the time of signing. One that renews another by the clause in
 * it binds as that one does.
 *
 * @returns how each party is bound, or the first thing that is wrong.
 */
export async function verifyAgreementBundle(
  bundle: AgreementBundle,
  trust: BundleTrust = {},
): Promise<Result<VerifiedAgreement, DomainError>> {
  const { document } = bundle;
  let signed = bundle;
  for (let terms = 1; signed.previous !== null; terms += 1) {
    const sound = checkDocument(signed);
    if (!sound.ok) return sound;
    const fault =
      terms > MAX_CHAIN
        ? 'it has more terms than are followed'
        : renewalFault(signed.previous.document, signed.document);
    if (fault !== undefined) return invalid(fault);
    signed = signed.previous;
  }
  const sound = checkDocument(signed);
  if (!sound.ok) return sound;
  const keys = await checkKeys(signed.keys, trust.keys);
  if (!keys.ok) return keys;
  const parties: BoundParty[] = [];
  for (const party of PARTIES) {
    const bound = await boundParty({ ...signed, keys: keys.value }, party, trust.records ?? false);
    if (!bound.ok) return bound;
    parties.push(bound.value);
  }
  return ok({ agreementId: document.agreement_id, documentHash: bundle.document_hash, parties });
}

function checkDocument({ document, document_hash: stated }: AgreementBundle): Result<null, DomainError> {
  const hash = documentHash(document);
  if (hash !== stated) {
    return err(bundleErrors.AGREEMENT_DOCUMENT_TAMPERED(`Its hash is ${hash}, and ${stated} was signed.`));
  }
  const { type } = document;
  return typeof type === 'string' && DOCUMENT_TYPE.test(type)
    ? ok(null)
    : invalid(`"${String(type)}" is no document of an agreement`);
}

async function boundParty(
  bundle: AgreementBundle,
  party: BundleParty,
  records: boolean,
): Promise<Result<BoundParty, DomainError>> {
  const organisationId = partyOf(bundle.document, party);
  if (organisationId === undefined) return invalid(`the document names no ${party}`);
  const stranger = [...bundle.signatures, ...bundle.consents].find(
    (each) => each.party === party && each.organisation_id !== organisationId,
  );
  if (stranger !== undefined) return invalid(`${stranger.organisation_id} is not the ${party} of this document`);
  const [signature, ...more] = bundle.signatures.filter((each) => each.party === party);
  if (more.length > 0) return invalid(`the ${party} signs more than once`);
  const consent = bundle.consents.find((each) => each.party === party);
  if (consent !== undefined && consent.document_hash !== bundle.document_hash) {
    return err(bundleErrors.AGREEMENT_DOCUMENT_TAMPERED(`The ${party} consented to ${consent.document_hash}.`));
  }
  if (signature === undefined) {
    if (consent === undefined || !records)
      return err(bundleErrors.AGREEMENT_SIGNATURE_MISSING(missing(party, consent)));
    return ok({ party, organisationId, kid: null, at: new Date(consent.signed_at) });
  }
  const keys = bundle.keys.filter((key) => key.organisation_id === organisationId);
  const receivedAt = new Date(signature.received_at);
  const verified = await verifyAgreementSignature(signature.jws, bundle.document, { keys, receivedAt });
  return verified.ok ? ok({ party, organisationId, kid: verified.value.kid, at: verified.value.signedAt }) : verified;
}

/**
 * A key must be named after itself and, where one brought keys one trusts, be one of those in everything it says. A
 * revocation counts wherever it is known: it may have come after the bundle was made, or after the list was.
 */
async function checkKeys(
  keys: readonly SigningKeyRecord[],
  trusted: readonly SigningKeyRecord[] | undefined,
): Promise<Result<readonly SigningKeyRecord[], DomainError>> {
  const checked: SigningKeyRecord[] = [];
  for (const key of keys) {
    const jwk = await readSigningJwk(key.jwk);
    if (!jwk.ok) return jwk;
    if (thumbprintOf(jwk.value) !== key.kid) return invalid(`the key ${key.kid} is another key than its name says`);
    const known = trusted === undefined ? key : trusted.find(({ kid }) => kid === key.kid);
    if (known === undefined || !saysTheSame(known, key)) {
      return err(bundleErrors.AGREEMENT_KEY_UNTRUSTED(`Key ${key.kid} of ${key.organisation_id} is not among them.`));
    }
    checked.push({ ...known, revoked_at: known.revoked_at ?? key.revoked_at });
  }
  return ok(checked);
}

function saysTheSame(a: SigningKeyRecord, b: SigningKeyRecord): boolean {
  return documentHash({ ...a, revoked_at: null }) === documentHash({ ...b, revoked_at: null });
}

function partyOf(document: SignedDocument, party: BundleParty): string | undefined {
  const parties = document['parties'] as Readonly<Record<string, { readonly id?: unknown } | undefined>> | undefined;
  const id = parties?.[party]?.id;
  return typeof id === 'string' ? id : undefined;
}

function missing(party: BundleParty, consent: unknown): string {
  return consent === undefined
    ? `The ${party} has neither signed nor consented.`
    : `The ${party} has signed with no key: the exchange's record of consent is all there is.`;
}

function invalid(why: string): Result<never, DomainError> {
  return err(bundleErrors.AGREEMENT_BUNDLE_INVALID(`The bundle was refused: ${why}.`));
}

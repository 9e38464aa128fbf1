import { deterministicId, err, ok, type Result } from '@hetao/kernel';
import { documentHash, isSha256Hex } from './hash.js';
import { fault, type ProofFault } from './proof-fault.js';
import { signDocumentHash, verifyDocumentHash, type PrivateKeyJwk, type PublicKeyJwk } from './signature.js';

/**
 * What an issuer signs and the log holds (reference 6.2): a commitment, who, which kind of document, from when until
 * when, and where its status is told. Nothing of the file, no names, no amounts. Names are those of the wire.
 */
export interface AttestationStatement {
  readonly version: 'szdex-att-v1';
  /** Organisation that issues the file. */
  readonly issuer: string;
  /** Kind of document, e.g. `credit-report/v1`: lower-case letters, digits, `-`, `/`, `.`. */
  readonly schema: string;
  readonly commitment: string;
  readonly commitment_sm3: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly valid_from: string;
  readonly valid_to: string;
  /** Id under which its status is told; follows from issuer and commitment. */
  readonly status_ref: string;
  /** Status reference of the attestation this one replaces. */
  readonly supersedes: string | null;
}

/** A statement, who signed it, and the signature (Ed25519 over its document hash, base64url). */
export interface SignedStatement {
  readonly statement: AttestationStatement;
  readonly issuer_key: PublicKeyJwk;
  readonly signature: string;
}

const SCHEMA = /^[a-z0-9][a-z0-9./-]{0,99}$/;
const ISSUER = /^[A-Za-z0-9_.:-]{1,100}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const FIELDS = [
  'commitment',
  'commitment_sm3',
  'issuer',
  'schema',
  'status_ref',
  'supersedes',
  'valid_from',
  'valid_to',
  'version',
];

/** Where the status of an attestation is told: known before it is registered, and never another one's. */
export function statusRefOf(issuer: string, commitment: string): string {
  return deterministicId('att', issuer, commitment);
}

/** Signs a statement. @throws DomainException SIGNING_KEY_INVALID. */
export async function signStatement(
  statement: AttestationStatement,
  { d, ...publicKey }: PrivateKeyJwk,
): Promise<SignedStatement> {
  const signature = await signDocumentHash(documentHash(statement), { ...publicKey, d });
  const { kty, crv, x } = publicKey;
  return { statement, issuer_key: { kty, crv, x }, signature };
}

/** Checks form and signature. Whether the key is the issuer's is for the reader to know. */
export async function checkStatement(value: unknown): Promise<Result<SignedStatement, ProofFault>> {
  if (!isRecord(value) || !isRecord(value['issuer_key']) || typeof value['signature'] !== 'string') {
    return err(fault('statement_malformed', 'A signed statement has statement, issuer_key and signature.'));
  }
  const broken = brokenField(value['statement']);
  if (broken !== undefined)
    return err(fault('statement_malformed', `The statement's ${broken} is missing or malformed.`));
  const statement = value['statement'] as AttestationStatement;
  const { kty, crv, x } = value['issuer_key'];
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') {
    return err(fault('statement_malformed', 'The issuer key is not an Ed25519 public key.'));
  }
  const signed = { statement, issuer_key: { kty, crv, x }, signature: value['signature'] } as const;
  const good = await verifyDocumentHash(documentHash(statement), signed.signature, signed.issuer_key).catch(
    () => false,
  );
  return good
    ? ok(signed)
    : err(fault('statement_forged', 'The signature was not made over this statement with this key.'));
}

/** Name of the first field that is not as it must be. */
export function brokenField(value: unknown): string | undefined {
  if (!isRecord(value)) return 'form';
  if (Object.keys(value).sort().join() !== FIELDS.join()) return 'set of fields';
  const { version, issuer, schema, commitment, commitment_sm3, valid_from, valid_to, status_ref, supersedes } = value;
  const checks: readonly (readonly [string, boolean])[] = [
    ['version', version === 'szdex-att-v1'],
    ['issuer', typeof issuer === 'string' && ISSUER.test(issuer)],
    ['schema', typeof schema === 'string' && SCHEMA.test(schema)],
    ['commitment', isSha256Hex(commitment)],
    ['commitment_sm3', isSha256Hex(commitment_sm3)],
    ['valid_from', isInstant(valid_from)],
    ['valid_to', isInstant(valid_to) && isInstant(valid_from) && valid_from < valid_to],
    ['status_ref', status_ref === statusRefOf(String(issuer), String(commitment))],
    ['supersedes', supersedes === null || (typeof supersedes === 'string' && /^att_[0-9a-z]{26}$/.test(supersedes))],
  ];
  return checks.find(([, good]) => !good)?.[0];
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { canonicalJson, Decimal, err, ok, type Result } from '@hetao/kernel';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './bytes.js';
import { isSha256Hex } from './hash.js';
import { signBytes, verifyBytes, type PrivateKeyJwk, type PublicKeyJwk } from './signature.js';
import { usageFault, type UsageProofFault } from './usage-fault.js';

export const usageStatementFormat = 'hetao-usage-statement-v1';
const TYPE = 'hetao-usage-statement+jwt';
const MAX_TOTALS = 50;
const MAX_TEXT = 200;

/** What the exchange counted of one agreement in one window of time, and the root of the tree over its events. */
export interface UsageStatement {
  readonly format: typeof usageStatementFormat;
  readonly statement_id: string;
  readonly agreement_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  /** ISO 8601 UTC; the window is half open. */
  readonly window_start: string;
  readonly window_end: string;
  readonly events: number;
  readonly root_hash: string;
  /** Sums of what the events say, by meter in the order of its name. */
  readonly totals: readonly UsageStatementTotal[];
  /** The statement this one takes the place of, after a correction; null for the first. */
  readonly supersedes: string | null;
  readonly signed_at: string;
  readonly key_id: string;
}

export interface UsageStatementTotal {
  readonly meter: string;
  /** Exact decimal. */
  readonly quantity: string;
  readonly events: number;
}

/** A statement and its compact JWS (RFC 7515, EdDSA of RFC 8037) over the statement's canonical JSON. */
export interface SignedUsageStatement {
  readonly statement: UsageStatement;
  readonly signature: string;
}

/** A public key with the name that statements call it by. */
export type UsageStatementKey = PublicKeyJwk & { readonly kid: string };

/** Signs a statement. @param privateKey the key that the statement names in key_id. @throws SIGNING_KEY_INVALID. */
export async function signUsageStatement(
  statement: UsageStatement,
  privateKey: PrivateKeyJwk,
): Promise<SignedUsageStatement> {
  const input = signedInput(statement);
  const signature = await signBytes(new Uint8Array(utf8ToBytes(input)), privateKey);
  return { statement, signature: `${input}.${base64url(signature)}` };
}

/**
 * The statement, when one of the keys signed exactly it. Anything malformed is a fault, never an exception.
 *
 * @param keys the exchange's keys, got from a place one trusts.
 */
export async function openUsageStatement(
  signed: unknown,
  keys: readonly UsageStatementKey[],
): Promise<Result<UsageStatement, UsageProofFault>> {
  if (!isRecord(signed) || !hasOnly(signed, ['statement', 'signature'])) return err(malformed('its members'));
  const { statement, signature } = signed;
  const fault = statementFault(statement);
  if (fault !== undefined) return err(malformed(fault));
  const stated = statement as UsageStatement;
  const key = keys.find((one) => one.kid === stated.key_id);
  if (!key) return err(usageFault('key_unknown', `No key "${stated.key_id}" is trusted here.`));
  // What was signed is made again from the statement, so nothing in the token can say otherwise than the statement.
  const input = signedInput(stated);
  const bytes = typeof signature === 'string' ? signatureBytes(signature, `${input}.`) : undefined;
  const isGood = bytes !== undefined && (await verifyBytes(new Uint8Array(utf8ToBytes(input)), bytes, key));
  if (isGood) return ok(stated);
  return err(usageFault('signature_invalid', 'The signature is not one of this key over this statement.'));
}

function signedInput(statement: UsageStatement): string {
  const head = canonicalJson({ alg: 'EdDSA', kid: statement.key_id, typ: TYPE });
  return `${base64url(utf8ToBytes(head))}.${base64url(utf8ToBytes(canonicalJson(statement)))}`;
}

/** 64 bytes are 86 characters, the last of which carries only four bits: one text for one signature. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

function signatureBytes(token: string, prefix: string): Uint8Array<ArrayBuffer> | undefined {
  const text = token.slice(prefix.length);
  if (!token.startsWith(prefix) || !SIGNATURE.test(text)) return undefined;
  const bytes = fromBase64(`${text.replaceAll('-', '+').replaceAll('_', '/')}==`);
  return bytes && new Uint8Array(bytes);
}

const TEXTS = ['statement_id', 'agreement_id', 'merchant_id', 'buyer_id', 'signed_at', 'key_id'] as const;
const MEMBERS = [...TEXTS, ...['format', 'window_start', 'window_end', 'events', 'root_hash', 'totals', 'supersedes']];

/** What keeps a value from being a statement: the name of the first member that is wrong. */
function statementFault(value: unknown): string | undefined {
  if (!isRecord(value) || !hasOnly(value, MEMBERS)) return 'its members';
  if (value['format'] !== usageStatementFormat) return 'format';
  const text = TEXTS.find((name) => !isText(value[name]));
  if (text !== undefined) return text;
  const instant = ['window_start', 'window_end'].find((name) => !isInstant(value[name]));
  if (instant !== undefined) return instant;
  if (!isCount(value['events'])) return 'events';
  if (!isSha256Hex(value['root_hash'])) return 'root_hash';
  if (value['supersedes'] !== null && !isText(value['supersedes'])) return 'supersedes';
  const totals = value['totals'];
  return Array.isArray(totals) && totals.length <= MAX_TOTALS && totals.every(isTotal) ? undefined : 'totals';
}

function isTotal(value: unknown): boolean {
  if (!isRecord(value) || !hasOnly(value, ['meter', 'quantity', 'events'])) return false;
  const { meter, quantity, events } = value;
  return isText(meter) && typeof quantity === 'string' && Decimal.isDecimal(quantity) && isCount(events);
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && value.isWellFormed();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: Readonly<Record<string, unknown>>, members: readonly string[]): boolean {
  const names = Object.keys(value);
  return names.length === members.length && names.every((name) => members.includes(name));
}

function malformed(what: string): UsageProofFault {
  return usageFault('statement_malformed', `This is not a statement of format ${usageStatementFormat}: ${what}.`);
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

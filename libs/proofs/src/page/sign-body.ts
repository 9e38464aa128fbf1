import type { Commitment } from '../commitment.js';
import type { PrivateKeyJwk } from '../signature.js';
import { brokenField, isRecord, signStatement, statusRefOf, type SignedStatement } from '../statement.js';

/** What an issuer fills in, as typed. */
export interface StatementFields {
  readonly issuer: string;
  readonly holder: string;
  readonly schema: string;
  /** ISO 8601 dates or instants. */
  readonly from: string;
  readonly to: string;
  /** Empty unless it replaces another attestation. */
  readonly supersedes: string;
  /** The issuer's private key as JSON (JWK). */
  readonly key: string;
}

/** The body of `POST /v1/attestations`. */
export interface RegistrationBody {
  readonly signed: SignedStatement;
  readonly holder_id: string;
}

/** Signs what is to be registered, where the key is. @throws Error naming the field that is wrong, never the key. */
export async function signBody(fields: StatementFields, made: Commitment): Promise<RegistrationBody> {
  const { issuer, holder, schema, supersedes } = fields;
  const statement = {
    version: 'szdex-att-v1',
    issuer,
    schema,
    commitment: made.commitment,
    commitment_sm3: made.commitmentSm3,
    valid_from: instant(fields.from),
    valid_to: instant(fields.to),
    status_ref: statusRefOf(issuer, made.commitment),
    supersedes: supersedes === '' ? null : supersedes,
  } as const;
  const broken = brokenField(statement) ?? (holder === '' ? 'holder' : undefined);
  if (broken !== undefined) throw new Error(broken);
  return { signed: await signStatement(statement, privateKey(fields.key)), holder_id: holder };
}

function instant(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

function privateKey(text: string): PrivateKeyJwk {
  const key = jsonOf(text);
  if (!isRecord(key) || typeof key['x'] !== 'string' || typeof key['d'] !== 'string') throw new Error('key');
  return { kty: 'OKP', crv: 'Ed25519', x: key['x'], d: key['d'] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import {
  brokenField,
  commit,
  digestsOf,
  digestStream,
  issuerSigned,
  newSalt,
  signStatement,
  statusRefOf,
  type AttestationStatement,
  type Commitment,
  type DigestEngine,
  type FileDigests,
  type PrivateKeyJwk,
  type SignedStatement,
} from '@hetao/proofs';
import { CommandError, type Command, type Options, type Print } from '../command-line/command-line.js';
import { Door } from './door.js';
import { instant, readJson, required } from './options.js';

/** Small enough that what waits to be collected stays small as well. */
const CHUNK_BYTES = 1 << 18;
/** OpenSSL's hashes: several times faster than portable ones. */
const engine: DigestEngine = { sha256: () => createHash('sha256'), sm3: () => createHash('sm3') };

type Committed = FileDigests & Commitment & { readonly bytes: number };

/** A file's digests and commitment; the file passes through in pieces, whatever its size. */
export async function committed({ subject, values }: Options, salt: string): Promise<Committed> {
  const digests = await digestsOfFile(subject, values['as'] ?? 'file');
  return { ...digests, ...commit(digests, salt) };
}

async function digestsOfFile(path: string, as: string): Promise<FileDigests & { readonly bytes: number }> {
  if (as === 'file') return digestStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), { engine });
  if (as !== 'credential') throw new CommandError('--as is "file" or "credential".');
  const signed = issuerSigned((await readFile(path, 'utf8')).trim());
  return { ...digestsOf(signed), bytes: signed.length };
}

const TERMS = ['as', 'key', 'issuer', 'holder', 'schema', 'from', 'to', 'supersedes'];

/** `commit`: what an issuer needs to know of a file. */
export const commitCommand: Command = {
  usage: ['FILE [--salt HEX] [--as credential]', 'digests, a new salt and the commitment'],
  options: ['salt', 'as'],
  async run(options, print) {
    const salt = options.values['salt'] ?? newSalt();
    const { commitmentSm3, ...rest } = await committed(options, salt);
    print(JSON.stringify({ ...rest, commitment_sm3: commitmentSm3, salt }, null, 2));
    return 0;
  },
};

/** `statement`: signs a statement about a file, for whoever posts it himself. */
export const statementCommand: Command = {
  usage: [
    'FILE --key JWK_FILE --issuer ORG --holder ORG --schema ID --from ISO --to ISO [--supersedes ATT] [--as credential]',
    'the signed body for POST /v1/attestations, and the salt to hand to the holder',
  ],
  options: TERMS,
  async run(options, print) {
    const { signed, salt } = await signedStatement(options);
    const body = { signed, holder_id: required(options, 'holder') };
    print(JSON.stringify({ body, salt_for_the_holder: salt }, null, 2));
    return 0;
  },
};

/** `register`: the same, posted with an API key; what is handed to the holder is written into one file. */
export const registerCommand: Command = {
  usage: [
    'FILE --url DOOR --api-key-file FILE --out FILE --key JWK_FILE --issuer ORG --holder ORG --schema ID --from ISO --to ISO [--supersedes ATT] [--as credential]',
    'registers the commitment at the exchange; --out gets id, salt and receipt for the holder',
  ],
  options: [...TERMS, 'url', 'api-key-file', 'out'],
  run: register,
};

async function register(options: Options, print: Print): Promise<number> {
  const [door, out] = [await Door.from(options), required(options, 'out')];
  const { signed, salt } = await signedStatement(options);
  const id = signed.statement.status_ref;
  // Before anything is registered: a commitment whose salt is lost proves nothing to anybody.
  await writeFile(out, JSON.stringify({ attestation_id: id, salt, receipt: null }, null, 2), {
    flag: 'wx',
    mode: 0o600,
  });
  await door.send('POST', '/v1/attestations', { signed, holder_id: required(options, 'holder') });
  const receipt = await door.receipt(`/v1/attestations/${id}/receipt`);
  await writeFile(out, JSON.stringify({ attestation_id: id, salt, receipt }, null, 2));
  print(`${id} is registered; ${out} holds salt and receipt for the holder.`);
  return 0;
}

/** `revoke`: takes an attestation back. */
export const revokeCommand: Command = {
  usage: ['ATTESTATION --url DOOR --api-key-file FILE --reason REASON', 'takes a registration back, for good'],
  options: ['url', 'api-key-file', 'reason'],
  async run(options, print) {
    const door = await Door.from(options);
    const path = `/v1/attestations/${encodeURIComponent(options.subject)}/revoke`;
    const { state, revoked_at: at } = await door.send('POST', path, { reason: required(options, 'reason') });
    print(`${options.subject} is ${String(state)} since ${String(at)}.`);
    return 0;
  },
};

async function signedStatement(options: Options): Promise<{ signed: SignedStatement; salt: string }> {
  const salt = newSalt();
  const { commitment, commitmentSm3 } = await committed(options, salt);
  const issuer = required(options, 'issuer');
  const statement: AttestationStatement = {
    version: 'szdex-att-v1',
    issuer,
    schema: required(options, 'schema'),
    commitment,
    commitment_sm3: commitmentSm3,
    valid_from: instant(options, 'from').toISOString(),
    valid_to: instant(options, 'to').toISOString(),
    status_ref: statusRefOf(issuer, commitment),
    supersedes: options.values['supersedes'] ?? null,
  };
  const broken = brokenField(statement);
  if (broken !== undefined) throw new CommandError(`The statement's ${broken} is malformed.`);
  const key = (await readJson(required(options, 'key'))) as PrivateKeyJwk;
  return { signed: await signStatement(statement, key), salt };
}

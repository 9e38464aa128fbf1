import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  brokenField,
  commit,
  digestStream,
  newSalt,
  signStatement,
  statusRefOf,
  type AttestationStatement,
  type Commitment,
  type DigestEngine,
  type FileDigests,
  type PrivateKeyJwk,
} from '@hetao/proofs';
import { CommandError, readJson, required, type Options, type Print } from './options.js';

const CHUNK_BYTES = 1 << 20;
/** OpenSSL's hashes: several times faster than portable ones. */
const engine: DigestEngine = { sha256: () => createHash('sha256'), sm3: () => createHash('sm3') };

/** A file's digests and commitment; the file passes through in pieces, whatever its size. */
export async function committed(
  path: string,
  salt: string,
): Promise<FileDigests & Commitment & { readonly bytes: number }> {
  const digests = await digestStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), { engine });
  return { ...digests, ...commit(digests, salt) };
}

/** `commit`: prints what an issuer needs to know of a file. */
export async function commitFile(options: Options, print: Print): Promise<number> {
  const salt = options.values['salt'] ?? newSalt();
  const { commitmentSm3, ...rest } = await committed(options.subject, salt);
  print(JSON.stringify({ ...rest, commitment_sm3: commitmentSm3, salt }, null, 2));
  return 0;
}

/** `statement`: signs a statement about a file. */
export async function statementFor(options: Options, print: Print): Promise<number> {
  const salt = newSalt();
  const { commitment, commitmentSm3 } = await committed(options.subject, salt);
  const issuer = required(options, 'issuer');
  const instant = (name: string): string => {
    const time = new Date(required(options, name));
    if (Number.isNaN(time.getTime())) throw new CommandError(`--${name} is no ISO 8601 instant.`);
    return time.toISOString();
  };
  const statement: AttestationStatement = {
    version: 'szdex-att-v1',
    issuer,
    schema: required(options, 'schema'),
    commitment,
    commitment_sm3: commitmentSm3,
    valid_from: instant('from'),
    valid_to: instant('to'),
    status_ref: statusRefOf(issuer, commitment),
    supersedes: options.values['supersedes'] ?? null,
  };
  const broken = brokenField(statement);
  if (broken !== undefined) throw new CommandError(`The statement's ${broken} is malformed.`);
  const signed = await signStatement(statement, (await readJson(required(options, 'key'))) as PrivateKeyJwk);
  print(
    JSON.stringify({ body: { signed, holder_id: required(options, 'holder') }, salt_for_the_holder: salt }, null, 2),
  );
  return 0;
}

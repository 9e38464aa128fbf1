import { readFile, writeFile } from 'node:fs/promises';
import {
  documentHash,
  proveKey,
  publicPartOf,
  signAgreementDocument,
  thumbprintOf,
  type SigningPrivateJwk,
} from '@hetao/proofs';
import { z } from 'zod';
import { CommandError, type Command } from '../command-line/command-line.js';
import { readJson, readKey } from './options.js';

const OWNER_ONLY = 0o600;
const document = z.looseObject({ type: z.string(), agreement_id: z.string() });
const agreement = z.looseObject({ document, document_hash: z.string() });

/** `key`: makes a key pair. */
export const keyCommand: Command = {
  usage: [
    'FILE [--algorithm Ed25519|ES256]',
    'makes a key pair, keeps it in FILE for its owner alone, prints the public part and its thumbprint',
  ],
  options: ['algorithm'],
  async run({ subject: file, values }, print) {
    const { algorithm = 'Ed25519' } = values;
    if (algorithm !== 'Ed25519' && algorithm !== 'ES256') throw new CommandError('--algorithm is Ed25519 or ES256.');
    const key = await newKey(algorithm);
    // "wx": a key that is there already is never written over.
    await writeFile(file, `${JSON.stringify(key)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
    print(JSON.stringify(publicPartOf(key)));
    print(`Thumbprint: ${thumbprintOf(key)}`);
    return 0;
  },
};

/** `prove`: answers the challenge of the exchange. */
export const proveCommand: Command = {
  usage: [
    'CHALLENGE_FILE --key FILE',
    'signs the challenge of POST /v1/signing-keys: the proof for POST /v1/signing-keys/{id}/prove',
  ],
  options: ['key'],
  async run(given, print) {
    const challenge = (await readFile(given.subject, 'utf8')).trim();
    if (!challenge.startsWith('hetao-signing-key:'))
      throw new CommandError(`${given.subject} holds no challenge of the exchange.`);
    print(await proveKey(challenge, await readKey(given)));
    return 0;
  },
};

/** `sign`: signs an agreement one has read. */
export const signCommand: Command = {
  usage: [
    'AGREEMENT_FILE --key FILE',
    'signs the document in an answer of GET /v1/agreements/{id}: the jws for POST /v1/agreements/{id}/signatures',
  ],
  options: ['key'],
  async run(given, print) {
    const read = await readJson(given.subject, agreement, 'an answer of GET /v1/agreements/{id}');
    const hash = documentHash(read.document);
    if (hash !== read.document_hash)
      throw new CommandError(`The document has the hash ${hash}, not ${read.document_hash}: nothing was signed.`);
    print(await signAgreementDocument(read.document, await readKey(given), new Date()));
    return 0;
  },
};

async function newKey(algorithm: 'Ed25519' | 'ES256'): Promise<SigningPrivateJwk> {
  const parameters = algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = (await crypto.subtle.generateKey(parameters, true, ['sign', 'verify'])) as CryptoKeyPair;
  const { x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return algorithm === 'Ed25519' ? { kty: 'OKP', crv: 'Ed25519', x, d } : { kty: 'EC', crv: 'P-256', x, y, d };
}

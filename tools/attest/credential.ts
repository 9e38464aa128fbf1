import { readFile } from 'node:fs/promises';
import {
  issueCredential,
  presentCredential,
  verifyCredential,
  type CredentialTerms,
  type PrivateKeyJwk,
} from '@hetao/proofs';
import { CommandError, type Command, type Options } from '../command-line/command-line.js';
import { instant, instantOrNow, list, readJson, required } from './options.js';
import { publicKey } from './verify.js';

/** `credential`: states claims about somebody in a form whose parts can be shown one by one. */
export const credentialCommand: Command = {
  usage: [
    'CLAIMS.json --key JWK_FILE --issuer ORG --type ID --from ISO --to ISO [--disclosable A,B] [--holder-key X]',
    'prints an SD-JWT (RFC 9901) over the claims; register it like a file, with --as credential',
  ],
  options: ['key', 'issuer', 'type', 'from', 'to', 'disclosable', 'holder-key'],
  async run(options, print) {
    const holder = options.values['holder-key'] === undefined ? {} : { holderKey: publicKey(options, 'holder-key') };
    const terms: CredentialTerms = {
      issuer: required(options, 'issuer'),
      type: required(options, 'type'),
      claims: (await readJson(options.subject)) as CredentialTerms['claims'],
      disclosable: list(options, 'disclosable'),
      validFrom: instant(options, 'from'),
      validTo: instant(options, 'to'),
      ...holder,
    };
    print(await issueCredential(terms, (await readJson(required(options, 'key'))) as PrivateKeyJwk));
    return 0;
  },
};

/** `show`: what a holder gives to a receiver. */
export const showCommand: Command = {
  usage: [
    'CREDENTIAL [--disclose A,B] [--key JWK_FILE --audience ORG --nonce TEXT]',
    'prints it with these claims only, bound to the receiver when a key is given',
  ],
  options: ['disclose', 'key', 'audience', 'nonce'],
  async run(options, print) {
    const credential = await credentialIn(options.subject);
    print(await presentCredential(credential, list(options, 'disclose'), await bindingOf(options)));
    return 0;
  },
};

/** `credential-verify`: checks what a holder showed, offline. */
export const verifyCredentialCommand: Command = {
  usage: [
    'PRESENTATION --issuer-key X [--audience ORG --nonce TEXT] [--at ISO]',
    'checks signature, disclosures, time and binding without a network, and prints the claims',
  ],
  options: ['issuer-key', 'audience', 'nonce', 'at'],
  async run(options, print) {
    const key = publicKey(options, 'issuer-key');
    const { audience, nonce } = options.values;
    if ((audience === undefined) !== (nonce === undefined))
      throw new CommandError('--audience and --nonce go together.');
    const result = await verifyCredential({
      presentation: await credentialIn(options.subject),
      issuerKeys: () => [key],
      at: instantOrNow(options, 'at'),
      ...(audience === undefined || nonce === undefined ? {} : { binding: { audience, nonce } }),
    });
    print(result.ok ? JSON.stringify(result.value, null, 2) : `${result.error.code}: ${result.error.detail}`);
    return result.ok ? 0 : 1;
  },
};

async function credentialIn(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trim();
}

async function bindingOf(options: Options) {
  if (options.values['key'] === undefined) return undefined;
  const key = (await readJson(required(options, 'key'))) as PrivateKeyJwk;
  return { key, audience: required(options, 'audience'), nonce: required(options, 'nonce'), at: new Date() };
}

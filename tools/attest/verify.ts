import {
  matchDoesNotProve,
  matchProves,
  parseNoteKey,
  verifyOffline,
  type NoteKey,
  type PublicKeyJwk,
} from '@hetao/proofs';
import { committed } from './commit.js';
import { CommandError, readJson, required, type Options, type Print } from './options.js';

const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const;

/** `verify`: checks a file against its receipt, offline. @returns 0 for matched_valid, 1 for everything else. */
export async function verifyFile(options: Options, print: Print): Promise<number> {
  const at = new Date(options.values['at'] ?? Date.now());
  if (Number.isNaN(at.getTime())) throw new CommandError('--at is no ISO 8601 instant.');
  const witness = options.values['witness-key'];
  const issuerKey: PublicKeyJwk = { kty: 'OKP', crv: 'Ed25519', x: required(options, 'issuer-key') };
  const verdict = await verifyOffline({
    receipt: await readJson(required(options, 'receipt')),
    commitment: await committed(options.subject, required(options, 'salt')),
    trust: {
      logs: [keyOption('log-key', required(options, 'log-key'))],
      ...(witness === undefined ? {} : { witnesses: [keyOption('witness-key', witness)], witnessesNeeded: 1 }),
    },
    issuerKeys: () => [issuerKey],
    at,
  });
  print(`${verdict.outcome}: ${verdict.detail}`);
  if (verdict.checkpoint) print(`log ${verdict.checkpoint.origin}, ${verdict.checkpoint.size} leaves`);
  if (verdict.signed)
    print(`issuer ${verdict.signed.statement.issuer}, status at ${verdict.signed.statement.status_ref}`);
  for (const language of LANGUAGES) {
    const proves = verdict.outcome.startsWith('matched') ? matchProves.map((text) => `+ ${text[language]}`) : [];
    print([`[${language}]`, ...proves, ...matchDoesNotProve.map((text) => `- ${text[language]}`)].join('\n'));
  }
  return verdict.outcome === 'matched_valid' ? 0 : 1;
}

/** A key line as a log shows it. @throws CommandError. */
export function keyOption(name: string, line: string): NoteKey {
  const key = parseNoteKey(line);
  if (key === undefined) throw new CommandError(`--${name} is no key line (name+id+base64).`);
  return key;
}

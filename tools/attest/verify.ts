import {
  checkRecord,
  matchDoesNotProve,
  matchProves,
  parseNoteKey,
  verifyOffline,
  type NoteKey,
  type PublicKeyJwk,
  type Trust,
} from '@hetao/proofs';
import { CommandError, type Command, type Options, type Print } from '../command-line/command-line.js';
import { committed } from './commit.js';
import { instantOrNow, readJson, required } from './options.js';

const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const;

/** `verify`: checks a file against its receipt, offline. Ends with 0 for matched_valid, 1 for everything else. */
export const verifyCommand: Command = {
  usage: [
    'FILE --receipt FILE [--salt HEX] --log-key LINE --issuer-key X [--witness-key LINE] [--at ISO] [--as credential]',
    'checks file, statement, log and time without a network; ends with 0 for matched_valid only',
  ],
  options: ['as', 'salt', 'receipt', 'log-key', 'issuer-key', 'witness-key', 'at'],
  run: verifyFile,
};

async function verifyFile(options: Options, print: Print): Promise<number> {
  const at = instantOrNow(options, 'at');
  const issuerKey = publicKey(options, 'issuer-key');
  const { receipt, salt } = await handed(options);
  const verdict = await verifyOffline({
    receipt,
    commitment: await committed(options, salt),
    trust: trustOf(options),
    issuerKeys: () => [issuerKey],
    at,
  });
  print(`${verdict.outcome}: ${verdict.detail}`);
  if (verdict.checkpoint) print(`log ${verdict.checkpoint.origin}, ${verdict.checkpoint.size} leaves`);
  if (verdict.signed)
    print(`issuer ${verdict.signed.statement.issuer}, status at ${verdict.signed.statement.status_ref}`);
  printMeaning(verdict.outcome.startsWith('matched'), print);
  return verdict.outcome === 'matched_valid' ? 0 : 1;
}

/** `record`: checks what the exchange logged about an agreement, a release, an invoice, a verification; offline. */
export const recordCommand: Command = {
  usage: [
    'DOCUMENT.json --receipt FILE [--salt HEX] --log-key LINE [--witness-key LINE]',
    'checks that the log holds this agreement, release, invoice or answer, without a network',
  ],
  options: ['salt', 'receipt', 'log-key', 'witness-key'],
  async run(options, print) {
    const checked = await checkRecord({
      document: await readJson(options.subject),
      ...(await handed(options)),
      trust: trustOf(options),
    });
    if (!checked.ok) {
      print(`${checked.error.code}: ${checked.error.detail}`);
      return 1;
    }
    const { record, at, leafIndex, checkpoint } = checked.value;
    print(`good: ${record} of ${at} is leaf ${leafIndex} of ${checkpoint.origin}, ${checkpoint.size} leaves`);
    return 0;
  },
};

/** What a match proves and what not, in every language, as it is always shown. */
function printMeaning(matched: boolean, print: Print): void {
  for (const language of LANGUAGES) {
    const proves = matched ? matchProves.map((text) => `+ ${text[language]}`) : [];
    print([`[${language}]`, ...proves, ...matchDoesNotProve.map((text) => `- ${text[language]}`)].join('\n'));
  }
}

/** Receipt and salt: apart, or in the one file that `register` and the exchange hand over. */
async function handed(options: Options): Promise<{ readonly receipt: unknown; readonly salt: string }> {
  const file = await readJson(required(options, 'receipt'));
  const { receipt, salt } = (file ?? {}) as { readonly receipt?: unknown; readonly salt?: unknown };
  if (receipt === undefined) return { receipt: file, salt: required(options, 'salt') };
  return { receipt, salt: options.values['salt'] ?? (typeof salt === 'string' ? salt : required(options, 'salt')) };
}

function trustOf(options: Options): Trust {
  const witness = options.values['witness-key'];
  return {
    logs: [keyOption('log-key', required(options, 'log-key'))],
    ...(witness === undefined ? {} : { witnesses: [keyOption('witness-key', witness)], witnessesNeeded: 1 }),
  };
}

/** An Ed25519 key by its `x` (JWK, RFC 8037). */
export function publicKey(options: Options, name: string): PublicKeyJwk {
  return { kty: 'OKP', crv: 'Ed25519', x: required(options, name) };
}

/** A key line as a log shows it. @throws CommandError. */
export function keyOption(name: string, line: string): NoteKey {
  const key = parseNoteKey(line);
  if (key === undefined) throw new CommandError(`--${name} is no key line (name+id+base64).`);
  return key;
}

/**
 * The script of the page on which a file is hashed and checked where it is. It stands in this package, on the parts it
 * needs and not on the index, so that a browser loads a score of small modules that need nothing but hashes.
 */
import { commit, newSalt, type Commitment } from '../commitment.js';
import { digestStream } from '../digest-stream.js';
import { outcomeMeanings } from '../meaning.js';
import { parseNoteKey } from '../note-key.js';
import { verifyOffline } from '../receipt.js';
import { signBody } from './sign-body.js';

/** What an issuer hands over with the file: the two by names, or a bare receipt. */
interface Handed {
  readonly salt?: string;
  readonly receipt?: unknown;
}

/** How long hashing may keep the page from doing anything else. */
const BUSY_MS = 30;

const form = element('form', HTMLFormElement);
const language = document.documentElement.lang as keyof (typeof outcomeMeanings)['mismatch'];
const signing = element('signing', HTMLFormElement);
let running: AbortController | undefined;
/** Of the file that was hashed last. */
let committed: Commitment | undefined;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  running?.abort(new Error('superseded'));
  const mine = new AbortController();
  running = mine;
  check(mine.signal).catch((error: unknown) => {
    if (mine.signal.aborted) return;
    show('result', `${form.dataset['failed'] ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
  });
});

signing.addEventListener('submit', (event) => {
  event.preventDefault();
  sign().catch((error: unknown) => {
    show('body', `${form.dataset['failed'] ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
  });
});

/** Signs a statement about the hashed file; what comes out is shown, to be posted by whoever signed in. */
async function sign(): Promise<void> {
  if (committed === undefined) throw new Error(signing.dataset['first'] ?? '');
  const fields = {
    issuer: value('issuer'),
    holder: value('holder'),
    schema: value('schema'),
    from: value('from'),
    to: value('to'),
    supersedes: value('supersedes'),
    key: value('key'),
  };
  show('body', JSON.stringify(await signBody(fields, committed), null, 2));
}

/** Hashes the chosen file piece by piece, and checks it against what was handed over, if anything was. */
async function check(signal: AbortSignal): Promise<void> {
  committed = undefined;
  for (const id of ['result', 'body', 'bytes', 'sha256', 'sm3', 'used-salt', 'commitment', 'commitment-sm3'])
    show(id, '');
  const file = element('file', HTMLInputElement).files?.[0];
  if (file === undefined) return;
  const { receipt, salt } = handed();
  const progress = element('progress', HTMLProgressElement);
  progress.max = Math.max(file.size, 1);
  const digests = await digestStream(unhurried(file), { signal, onProgress: (bytes) => (progress.value = bytes) });
  progress.value = progress.max;
  committed = commit(digests, salt);
  const { commitment, commitmentSm3 } = committed;
  show('bytes', String(digests.bytes));
  show('sha256', digests.sha256);
  show('sm3', digests.sm3);
  show('used-salt', salt);
  show('commitment', commitment);
  show('commitment-sm3', commitmentSm3);
  show('result', receipt === undefined ? (form.dataset['hashed'] ?? '') : await verdict(receipt, { commitment }));
}

/** The file's pieces, with a breath now and then: the page goes on answering and drawing while gigabytes pass. */
async function* unhurried(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (let breath = performance.now(); ;) {
      const { done, value: piece } = await reader.read();
      if (done) return;
      yield piece;
      if (performance.now() - breath < BUSY_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      breath = performance.now();
    }
  } finally {
    await reader.cancel();
  }
}

async function verdict(receipt: unknown, commitment: { readonly commitment: string }): Promise<string> {
  const logKey = parseNoteKey(value('log-key'));
  const { outcome, detail } = await verifyOffline({
    receipt,
    commitment,
    trust: { logs: logKey === undefined ? [] : [logKey] },
    issuerKeys: () => [{ kty: 'OKP', crv: 'Ed25519', x: value('issuer-key') }],
    at: new Date(),
  });
  const meaning = outcomeMeanings[outcome === 'not_yet_valid' ? 'matched_expired' : outcome][language];
  return `${outcome}: ${meaning} ${outcome === 'matched_valid' ? (form.dataset['status'] ?? '') : detail}`;
}

/** @throws SyntaxError on text that is no JSON. */
function handed(): { receipt: unknown; salt: string } {
  const text = value('handed');
  const given = (text === '' ? {} : JSON.parse(text)) as Handed;
  const receipt = text === '' ? undefined : (given.receipt ?? given);
  const salt = value('salt') || (typeof given.salt === 'string' ? given.salt : newSalt());
  return { receipt, salt };
}

function value(id: string): string {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value.trim() : '';
}

function show(id: string, text: string): void {
  element(id, HTMLElement).textContent = text;
}

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page lacks ${id}.`);
}

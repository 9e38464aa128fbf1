import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { checkNote, cosign, formatNote, parseNote, signNote, type Note } from './note.js';
import { formatNoteKey, noteKey, parseNoteKey } from './note-key.js';
import { generateSigningKey } from './signature.js';

const ORIGIN = 'log.example/shenzhen';
const ROOT = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';
const checkpoint = { origin: ORIGIN, size: 8, root: ROOT };

async function signed() {
  const { privateKey, publicKey } = await generateSigningKey();
  return { privateKey, key: noteKey('log', ORIGIN, publicKey), note: await signCheckpoint(checkpoint, privateKey) };
}
const noteOf = (text: string): Note => parseNote(text) ?? { text: '', signatures: [] };

describe('signed notes (C2SP signed-note)', () => {
  // The example of Go's golang.org/x/mod/sumdb/note, made by another implementation.
  const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const LINE =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  it('reads a key and checks a note of another implementation', async () => {
    const key = parseNoteKey(KEY);
    if (key === undefined) throw new Error('The key was not read.');
    expect(formatNoteKey(key)).toBe(KEY);
    expect(await checkNote(noteOf(`${TEXT}\n${LINE}`), [key])).toEqual([{ key }]);
    expect(await checkNote(noteOf(`${TEXT.replace('know', 'knew')}\n${LINE}`), [key])).toBeUndefined();
  });

  it('passes over lines of keys it does not know, and counts a line that stands twice once', async () => {
    const [{ note, key }, { key: stranger }] = [await signed(), await signed()];
    expect(await checkNote(noteOf(note), [stranger])).toEqual([]);
    const { text, signatures } = noteOf(note);
    expect(await checkNote({ text, signatures: [...signatures, ...signatures] }, [key])).toHaveLength(1);
  });

  it.each([
    '',
    'text\n',
    'text\n\n',
    'text\n\n— name\n',
    'text\n\n- name AAAAAAAA\n',
    'te\u0007xt\n\n— name AAAAAAAA\n',
    'text\n\n— name AAAAAAAB=\n',
    'text\n\n— name AAAAAAAA',
  ])('refuses what is no note: %j', (text) => {
    expect(parseNote(text)).toBeUndefined();
  });

  it('refuses keys whose id or kind does not fit, and names that could be misread', async () => {
    const { publicKey } = await generateSigningKey();
    const line = formatNoteKey(noteKey('log', ORIGIN, publicKey));
    expect(parseNoteKey(line)).toEqual(noteKey('log', ORIGIN, publicKey));
    expect(parseNoteKey(line.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeUndefined();
    expect(parseNoteKey('nonsense')).toBeUndefined();
    expect(() => noteKey('log', 'two words', publicKey)).toThrow(RangeError);
    expect(() => noteKey('log', 'a+b', publicKey)).toThrow(RangeError);
    expect(() => noteKey('log', ORIGIN, { ...publicKey, x: 'AAAA' })).toThrow(RangeError);
    await expect(signNote('no line break', ORIGIN, (await generateSigningKey()).privateKey)).rejects.toThrow(
      RangeError,
    );
  });
});

describe('checkpoints (C2SP tlog-checkpoint)', () => {
  it('are three lines: origin, size, root', () => {
    expect(formatCheckpoint(checkpoint)).toBe(`${ORIGIN}\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n`);
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    expect(parseCheckpoint(`${formatCheckpoint(checkpoint)}an extension\n`)).toEqual(checkpoint);
  });

  it.each([
    'o\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'o\n-1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQy==\n',
    '\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'o\n99999999999999999999\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'o\n8\n',
  ])('are refused in any other form: %j', (text) => {
    expect(parseCheckpoint(text)).toBeUndefined();
  });

  it('are believed when the log they name signed them', async () => {
    const { note, key } = await signed();
    expect(await openCheckpoint(note, { logs: [key] })).toMatchObject({ ok: true, value: checkpoint });
  });

  it('are refused when any character of them was changed', async () => {
    const { note, key } = await signed();
    await fc.assert(
      fc.asyncProperty(fc.nat(note.length - 1), fc.constantFrom('0', 'A', '\n', ' ', '9'), async (place, other) => {
        const changed = note.slice(0, place) + other + note.slice(place + 1);
        fc.pre(changed !== note);
        expect((await openCheckpoint(changed, { logs: [key] })).ok).toBe(false);
      }),
    );
  });

  it('are refused when another key signed, under the same name', async () => {
    const [{ note }, { key: other }] = [await signed(), await signed()];
    expect(await openCheckpoint(note, { logs: [other] })).toMatchObject({
      ok: false,
      error: { code: 'checkpoint_forged' },
    });
    expect(await openCheckpoint(note, { logs: [] })).toMatchObject({ ok: false, error: { code: 'log_unknown' } });
    expect(await openCheckpoint('x', { logs: [] })).toMatchObject({
      ok: false,
      error: { code: 'checkpoint_malformed' },
    });
  });

  it('are never signed for values that are none', () => {
    expect(() => formatCheckpoint({ ...checkpoint, size: 1.5 })).toThrow(RangeError);
    expect(() => formatCheckpoint({ ...checkpoint, root: 'abc' })).toThrow(RangeError);
    expect(() => formatCheckpoint({ ...checkpoint, origin: 'two\nlines' })).toThrow(RangeError);
  });
});

describe('witness cosignatures (C2SP tlog-cosignature)', () => {
  async function witnessed(seconds = 1_790_000_000) {
    const { note, key } = await signed();
    const { privateKey, publicKey } = await generateSigningKey();
    const { text, signatures } = noteOf(note);
    const line = await cosign(text, 'witness.example/hk', privateKey, seconds);
    const cosigned = formatNote({ text, signatures: [...signatures, line] });
    return { key, witness: noteKey('witness', 'witness.example/hk', publicKey), cosigned, note, line };
  }

  it('count with the time the witness saw the checkpoint', async () => {
    const { key, witness, cosigned } = await witnessed();
    const opened = await openCheckpoint(cosigned, { logs: [key], witnesses: [witness], witnessesNeeded: 1 });
    expect(opened).toMatchObject({ ok: true, value: { witnesses: [{ key: witness, witnessedAt: 1_790_000_000 }] } });
  });

  it('are missed where they are needed', async () => {
    const { key, witness, note } = await witnessed();
    const opened = await openCheckpoint(note, { logs: [key], witnesses: [witness], witnessesNeeded: 1 });
    expect(opened).toMatchObject({ ok: false, error: { code: 'witness_missing' } });
  });

  it('are forged when moved under another checkpoint or back in time, and then nothing is believed', async () => {
    const { key, witness, line, cosigned } = await witnessed();
    const { privateKey } = await signed();
    const other = noteOf(await signCheckpoint({ ...checkpoint, size: 9 }, privateKey));
    const moved = formatNote({ ...other, signatures: [...other.signatures, line] });
    const trust = { logs: [key], witnesses: [witness] };
    expect((await openCheckpoint(moved, trust)).ok).toBe(false);
    const { text, signatures } = noteOf(cosigned);
    const backdated = signatures.map((signature) =>
      signature.name === witness.name ? { ...signature, bytes: signature.bytes.with(7, 1) } : signature,
    );
    expect((await openCheckpoint(formatNote({ text, signatures: backdated }), trust)).ok).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  editorLimits,
  editorText,
  insert,
  move,
  place,
  remove,
  selectAll,
  textOf,
  undo,
  type EditorText,
} from './editor-text.js';

const movements = ['left', 'right', 'up', 'down', 'lineStart', 'lineEnd', 'start', 'end'] as const;
type Step = (editor: EditorText) => EditorText;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.string({ unit: 'grapheme-composite', maxLength: 6 }).map(
    (text): Step =>
      (editor) =>
        insert(editor, text),
  ),
  fc.constant<Step>((editor) => insert(editor, '\n')),
  fc.constantFrom('left' as const, 'right' as const).map(
    (way): Step =>
      (editor) =>
        remove(editor, way),
  ),
  fc.tuple(fc.constantFrom(...movements), fc.boolean()).map(
    ([way, selecting]): Step =>
      (editor) =>
        move(editor, way, selecting),
  ),
  fc.tuple(fc.nat(9), fc.nat(20)).map(
    ([line, column]): Step =>
      (editor) =>
        place(editor, { line, column }),
  ),
  fc.constant<Step>(selectAll),
);

describe('The editor', () => {
  it('keeps its caret within the text and never inside of a character, whatever is done', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), (done) => {
        const editor = done.reduce((before, step) => step(before), editorText());
        for (const { line, column } of [editor.caret, editor.anchor]) {
          const text = editor.lines[line] ?? 'no such line';
          expect(column).toBeLessThanOrEqual(text.length);
          expect(text.slice(0, column).isWellFormed()).toBe(true);
        }
        expect(textOf(editor).isWellFormed()).toBe(true);
      }),
    );
  });

  it('takes a committed text of an input method as it takes a key, and gives it back one character at a time', () => {
    const written = insert(insert(editorText('选择 '), ''), '中医证候𠮷');
    const atEnd = move(insert(move(written, 'end'), '！'), 'end');
    expect(textOf(atEnd)).toBe('中医证候𠮷选择 ！');
    const back = remove(remove(place(atEnd, { line: 0, column: 6 }), 'left'), 'left');
    expect(textOf(back)).toBe('中医证选择 ！');
    expect(textOf(undo(undo(back)))).toBe(textOf(atEnd));
  });

  it('replaces what is selected, over lines', () => {
    const text = insert(editorText(), 'select *\nfrom visits');
    expect(textOf(insert(selectAll(text), 'x'))).toBe('x');
    expect(textOf(insert(move(place(text, { line: 0, column: 7 }), 'down', true), '1 '))).toBe('select 1 sits');
  });

  it('leaves out control characters, and takes no more than it can hold', () => {
    expect(textOf(insert(editorText(), 'a\u0000\u001bb\u007f'))).toBe('ab');
    const full = insert(editorText(), 'x'.repeat(editorLimits.characters - 1));
    expect(insert(full, 'yy')).toBe(full);
    expect(insert(full, '\n'.repeat(editorLimits.lines))).toBe(full);
  });
});

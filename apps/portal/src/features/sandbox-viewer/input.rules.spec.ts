import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longestText } from '@hetao/pixels';
import { deedOfKey, isClipboard, piecesOf, placeOnScreen } from './input.rules.js';

const bare = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, isComposing: false };

describe('What a key says', () => {
  it.each([
    ['a letter', { key: 's' }, { type: 'key', key: 's', modifiers: [] }],
    ['a character of any script', { key: '脈' }, { type: 'key', key: '脈', modifiers: [] }],
    ['a key without a character', { key: 'ArrowUp', shiftKey: true }, { key: 'ArrowUp', modifiers: ['shift'] }],
    ['the chord that runs', { key: 'Enter', ctrlKey: true }, { key: 'Enter', modifiers: ['control'] }],
  ])('is %s', (_name, pressed, said) => {
    expect(deedOfKey({ ...bare, ...pressed })).toMatchObject(said);
  });

  it.each([
    ['of the input method', { key: 'a', isComposing: true }],
    ['that the system keeps', { key: 'F5' }],
    ['without a name', { key: 'Unidentified' }],
    ['of the input method, by its name', { key: 'Process' }],
    ['that pastes', { key: 'v', ctrlKey: true }],
    ['that copies on a Mac', { key: 'C', metaKey: true }],
  ])('is nothing, for a key %s', (_name, pressed) => {
    expect(deedOfKey({ ...bare, ...pressed })).toBeUndefined();
  });

  it('knows the clipboard by its chords alone', () => {
    expect(isClipboard({ key: 'v', ctrlKey: false, metaKey: false })).toBe(false);
  });
});

it('a text of any length goes in pieces that are taken, none of its characters cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), (text) => {
      const pieces = piecesOf(text);
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => [...piece].length <= longestText && piece !== '')).toBe(true);
    }),
  );
});

it('every point of the page is a point of the screen', () => {
  const screen = { width: 1280, height: 720 };
  const area = { left: 100, top: 50, width: 640, height: 360 };
  expect(placeOnScreen({ clientX: 420, clientY: 230 }, area, screen)).toEqual({ x: 640, y: 360 });
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (clientX, clientY) => {
      const { x, y } = placeOnScreen({ clientX, clientY }, area, screen);
      expect(x >= 0 && x < 1280 && y >= 0 && y < 720 && Number.isInteger(x) && Number.isInteger(y)).toBe(true);
    }),
  );
});

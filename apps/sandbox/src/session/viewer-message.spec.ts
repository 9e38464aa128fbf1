import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseViewerMessage, viewerMessage } from './viewer-message.dto.js';

const pointer = { type: 'pointer', number: 1, action: 'down', x: 5, y: 5, delta: 0 };

describe('The protocol', () => {
  it('has these words and no others', () => {
    const types = viewerMessage.options.map(({ shape }) => shape.type.value);
    expect(types).toEqual(['hello', 'key', 'text', 'pointer', 'ping']);
  });

  it.each(['clipboard', 'copy', 'paste', 'file', 'upload', 'download', 'drop', 'audio', 'print', 'eval', 'Hello', ''])(
    'knows no "%s"',
    (type) => expect(parseViewerMessage(JSON.stringify({ type, number: 1, text: 'x', data: 'x' }))).toBeUndefined(),
  );

  it('takes no member it does not know, no key without a name, no place off the screen', () => {
    expect(parseViewerMessage(JSON.stringify(pointer))).toEqual(pointer);
    expect(parseViewerMessage(JSON.stringify({ ...pointer, files: ['a'] }))).toBeUndefined();
    expect(parseViewerMessage(JSON.stringify({ ...pointer, x: 1280 }))).toBeUndefined();
    for (const key of ['Paste', 'ab', '\u0003', 'F5']) {
      expect(parseViewerMessage(JSON.stringify({ type: 'key', number: 1, key, modifiers: [] }))).toBeUndefined();
    }
    expect(parseViewerMessage('{"type":"key","number":1,"key":"醫","modifiers":[]}')).toMatchObject({ key: '醫' });
  });

  it('bears any bytes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseViewerMessage(text)));
  });
});

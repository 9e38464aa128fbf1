import { describe, expect, it } from '@jest/globals';
import { bannerWords } from './banner.words.js';
import { Progress } from './progress.js';

function watched(isTTY: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const screen = { isTTY, write: (text: string) => written.push(text) };
  const progress = new Progress(screen, bannerWords.en, 10, () => nowMs);
  return { progress, written, pass: (ms: number) => (nowMs += ms) };
}

describe('the progress of the demo', () => {
  it.each([true, false])('says nothing about a world that is found made (on a terminal: %s)', (isTTY) => {
    const { progress, written } = watched(isTTY);
    progress.stage('products');
    progress.advance(10);
    progress.end();
    expect(written).toEqual([]);
  });

  it('fills one line on a terminal and takes it away at the end', () => {
    const { progress, written, pass } = watched(true);
    pass(1_000);
    progress.stage('products');
    progress.advance(3);
    progress.advance(9);
    progress.end();
    expect(written.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
    expect(written[1]).toContain(`${'█'.repeat(9)}${'░'.repeat(21)}  30 %  products`);
    expect(written[2]).toContain('100 %');
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('writes one plain line a stage where nobody watches', () => {
    const { progress, written, pass } = watched(false);
    progress.stage('organisations');
    pass(1_000);
    progress.advance();
    progress.advance();
    progress.stage('usage');
    progress.end();
    expect(written).toEqual([
      '  Making the demo world: organisations and their people\n',
      '  Making the demo world: a month of usage\n',
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { languages } from '@hetao/kernel';
import { matchDoesNotProve, matchProves, outcomeMeanings, verificationOutcomes } from './meaning.js';

describe('what a match means', () => {
  it('is what reference 6.2 says, and no more', () => {
    expect(matchProves.map(({ en }) => en)).toEqual([
      'These bytes are exactly what this issuer registered.',
      'The issuer registered them at or before the time of the checkpoint.',
      'The status shown was the status at the time of the check.',
    ]);
    expect(matchDoesNotProve.map(({ en }) => en)).toEqual([
      'That the content is true.',
      'Who the holder is.',
      'That the data was lawfully collected.',
    ]);
  });

  it('is said in every language, for every outcome, in words of that language', () => {
    const texts = [
      ...matchProves,
      ...matchDoesNotProve,
      ...verificationOutcomes.map((outcome) => outcomeMeanings[outcome]),
    ];
    for (const text of texts) {
      expect(Object.keys(text).sort()).toEqual([...languages].sort());
      expect(text.en).toMatch(/^[\u0020-\u007e]+\.$/);
      for (const language of ['zh-Hans', 'zh-Hant'] as const) expect(text[language]).toMatch(/^\p{Script=Han}.*。$/u);
      expect(text['zh-Hans']).not.toBe(text['zh-Hant']);
    }
    // Words that only one of the two scripts has.
    expect(texts.map((text) => text['zh-Hans']).join('')).not.toMatch(/[證據數檔誌簽發與為內實]/);
    expect(texts.map((text) => text['zh-Hant']).join('')).not.toMatch(/[证据数档签发与为内实]/);
  });
});

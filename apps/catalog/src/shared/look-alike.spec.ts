import { describe, expect, it } from '@jest/globals';
import { INVISIBLE, mixedScriptWord, plainName, skeletonOf } from './look-alike.js';

describe('names that look alike', () => {
  it.each([
    ['Lingnan Herbal Data', 'Lingnаn Hеrbаl Dаtа'],
    ['PIEN TZE', 'РІЕN ΤΖΕ'],
    ['Oasis', 'ОАSIS'],
    ['Hello 10', 'HelIo lO'],
    ['TCM  Data', 'ＴＣＭ Data'],
  ])('have one skeleton: %s', (name, forged) => {
    expect(skeletonOf(forged)).toBe(skeletonOf(name));
  });

  it.each([
    ['Lingnan Data', 'Lingnam Data'],
    ['嶺南數據', '岭南数据'],
  ])('unlike %s and %s', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });

  it('are the same name when only width, case and space differ', () => {
    expect(plainName('ＴＣＭ  data')).toBe(plainName('TCM Data'));
  });
});

describe('a word', () => {
  it('of Latin with Greek or Cyrillic letters is found; scripts side by side are not', () => {
    expect(mixedScriptWord('Herbal Dаta')).toBe('Dаta');
    expect(mixedScriptWord('Ωmega')).toBe('Ωmega');
    expect(mixedScriptWord('Данные Data α-Synuclein 中医TCM')).toBeUndefined();
  });

  it('may hide characters nobody sees', () => {
    expect(INVISIBLE.test('Da\u200bta')).toBe(true);
    expect(INVISIBLE.test('\u202eataD')).toBe(true);
    expect(INVISIBLE.test('中医药 Data')).toBe(false);
  });
});

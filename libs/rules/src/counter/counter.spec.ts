import { describe, expect, it } from '@jest/globals';
import { personCommitment } from './person-commitment.js';
import { findSplitting, volumeThresholds } from './splitting.js';

const salt = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

describe('a person’s commitment', () => {
  it('is the same on every channel of one salt, and another under another', () => {
    const one = personCommitment(salt(1), '440300199001011234');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(personCommitment(salt(1), '440300199001011234')).toBe(one);
    expect(personCommitment(salt(2), '440300199001011234')).not.toBe(one);
    expect(personCommitment(salt(1), '440300199001011235')).not.toBe(one);
    expect(() => personCommitment(new Uint8Array(15), 'x')).toThrow(RangeError);
  });
});

describe('splitting', () => {
  const declaration = (id: string, persons: number, recipientId = 'org_r', purpose = 'academic') => ({
    id,
    persons,
    recipientId,
    purpose,
  });
  it('is suspected where parts below a threshold reach it together', () => {
    const parts = [declaration('a', 6_000), declaration('b', 4_000, 'org_r', 'trade')];
    expect(findSplitting(parts, volumeThresholds.sensitive)).toEqual([
      { reason: 'same_recipient', value: 'org_r', threshold: 10_000, persons: 10_000, declarationIds: ['a', 'b'] },
    ]);
    expect(findSplitting([declaration('a', 6_000, 'x'), declaration('b', 5_000, 'y')], [10_000])[0]?.reason).toBe(
      'same_purpose',
    );
  });
  it('is not suspected below, nor where one part reaches the threshold by itself', () => {
    expect(findSplitting([declaration('a', 6_000), declaration('b', 3_999)], [10_000])).toEqual([]);
    expect(findSplitting([declaration('a', 10_000), declaration('b', 9_000)], [10_000])).toEqual([]);
    expect(findSplitting([declaration('a', 999_999)], volumeThresholds.general)).toEqual([]);
    expect(
      findSplitting([declaration('a', 999_999), declaration('b', 1)], volumeThresholds.general)[0]?.threshold,
    ).toBe(1_000_000);
  });
});

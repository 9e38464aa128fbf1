import { describe, expect, it } from '@jest/globals';
import { personCommitment } from './person-commitment.js';

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

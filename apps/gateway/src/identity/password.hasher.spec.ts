import { describe, expect, it } from '@jest/globals';
import { PasswordHasher } from './password.hasher.js';

describe('PasswordHasher', () => {
  it('makes argon2id hashes with a salt each, and knows them again', async () => {
    const hasher = new PasswordHasher();
    const [one, two] = await Promise.all([hasher.hash('eight grey herons'), hasher.hash('eight grey herons')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await hasher.matches('eight grey herons', one)).toBe(true);
    expect(await hasher.matches('eight grey heron', one)).toBe(false);
  });

  it.each([null, undefined])('never fits where there is no hash (%s), but works as long', async (none) => {
    expect(await new PasswordHasher().matches('', none)).toBe(false);
  });

  it('lets nobody wait behind more than 64 others', async () => {
    const hasher = new PasswordHasher();
    const tries = await Promise.allSettled(Array.from({ length: 80 }, () => hasher.matches('x', null)));
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(80 - 2 - 64);
    expect(await hasher.matches('x', null)).toBe(false);
  });
});

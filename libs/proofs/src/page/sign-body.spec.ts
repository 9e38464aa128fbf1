import { describe, expect, it } from '@jest/globals';
import { commit, digestsOf, newSalt } from '../commitment.js';
import { generateSigningKey } from '../signature.js';
import { checkStatement } from '../statement.js';
import { signBody, type StatementFields } from './sign-body.js';

const made = commit(digestsOf('file'), newSalt());
async function fields(change: Partial<StatementFields> = {}): Promise<StatementFields> {
  const { privateKey } = await generateSigningKey();
  const term = { from: '2026-01-01', to: '2027-01-01T08:00:00+08:00' };
  return {
    issuer: 'org_a',
    holder: 'org_b',
    schema: 'report/v1',
    ...term,
    supersedes: '',
    key: JSON.stringify(privateKey),
    ...change,
  };
}

describe('a body signed in a page', () => {
  it('is what the exchange accepts', async () => {
    const { signed, holder_id: holder } = await signBody(await fields(), made);
    expect(await checkStatement(signed)).toMatchObject({ ok: true });
    expect(holder).toBe('org_b');
    expect(signed.statement).toMatchObject({
      commitment: made.commitment,
      valid_from: '2026-01-01T00:00:00.000Z',
      valid_to: '2027-01-01T00:00:00.000Z',
      supersedes: null,
    });
  });

  it.each([
    [{ issuer: '' }, 'issuer'],
    [{ holder: '' }, 'holder'],
    [{ schema: 'Report' }, 'schema'],
    [{ from: 'soon' }, 'valid_from'],
    [{ to: '2025-01-01' }, 'valid_to'],
    [{ supersedes: 'x' }, 'supersedes'],
    [{ key: '{"d":"secret"}' }, 'key'],
    [{ key: 'secret' }, 'key'],
  ])('is refused for %j, by the field’s name alone', async (change, field) => {
    await expect(signBody(await fields(change), made)).rejects.toThrow(new Error(field));
  });
});

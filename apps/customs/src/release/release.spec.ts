import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changeRelease,
  checkUsed,
  checkYear,
  exhausted,
  releaseTransitions,
  type Release,
  type ReleaseCommand,
} from './release.js';

const at = new Date('2026-12-02T02:00:00Z');
const release: Release = {
  ...{
    id: 'rel_1',
    declarationId: 'dcl_1',
    exporterId: 'org_1',
    agreementId: null,
    status: 'active',
    pathway: 'SC_OR_CERT',
  },
  ...{ ruleId: 'M-8-2', counted: true, quota: { general: null, sensitive: 3 }, token: '', logReceipt: null },
  ...{ yearLimits: { general: 1_000_000, sensitive: 10_000 }, sealedToken: null, reason: null, issuedBy: 'usr_1' },
  ...{ validFrom: at, validUntil: at, issuedAt: at, changedAt: at },
  scope: { purpose: 'academic', fields: ['a'], recipient_id: 'org_2', destination: 'HK', onward: false },
};
const commands: readonly ReleaseCommand[] = ['suspend', 'resume', 'revoke', 'expire'];
const goals = { suspend: 'suspended', resume: 'active', revoke: 'revoked', expire: 'expired' } as const;

describe('a release', () => {
  it.each(releaseTransitions.states.flatMap((status) => commands.map((command) => [status, command] as const)))(
    '%s × %s',
    (status, command) => {
      const outcome = changeRelease({ ...release, status }, { command, reason: 'why', at });
      const goal = goals[command];
      const [target] = releaseTransitions.targets(status, command);
      if (status === goal)
        expect(outcome).toMatchObject({ ok: true, value: { changed: false, release: { reason: null } } });
      else if (target === undefined) expect(outcome).toMatchObject({ error: { code: 'RELEASE_NOT_ACTIVE' } });
      else expect(outcome).toMatchObject({ value: { changed: true, release: { status: goal, reason: 'why' } } });
    },
  );
  it('that is revoked or expired stays so', () => {
    expect(releaseTransitions.states.filter((state) => releaseTransitions.isFinal(state))).toEqual([
      'revoked',
      'expired',
    ]);
  });

  const allowed = fc.option(fc.integer({ min: 1, max: 20 }), { nil: null });
  const quotas = fc.record({ general: allowed, sensitive: allowed });
  const counts = fc.record({ general: fc.nat(25), sensitive: fc.nat(25) });
  it('is exhausted exactly when one person more would be refused of some kind it has seen, or is refused already', () => {
    fc.assert(
      fc.property(quotas, counts, (quota, used) => {
        const limited = { ...release, quota };
        const kinds = (['general', 'sensitive'] as const).filter((kind) => quota[kind] !== null || used[kind] > 0);
        const full = kinds.some((kind) => !checkUsed(limited, { general: 0, sensitive: 0, [kind]: used[kind] + 1 }).ok);
        expect(exhausted(limited, used) !== null).toBe(full);
      }),
    );
  });
  it('has room in the year strictly below its limits', () => {
    fc.assert(
      fc.property(fc.nat(1_100_000), fc.nat(11_000), (general, sensitive) => {
        const room = checkYear(release, { year: 2026, general, sensitive });
        expect(room.ok).toBe(general < 1_000_000 && sensitive < 10_000);
      }),
    );
    expect(
      checkYear(
        { ...release, yearLimits: { general: null, sensitive: null } },
        { year: 2026, general: 9e9, sensitive: 9e9 },
      ).ok,
    ).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { emptyDatabase } from '@hetao/testing';
import { definitions } from './definitions.js';
import { stepsOf } from './migration-steps.js';

/**
 * Steps that no version could serve through, all of them older than the rule that there are none. The list does not get
 * longer: what a new migration takes away is first left unused, and taken in a later release.
 */
const STOP_AND_START: readonly string[] = [
  'DataDescription1763860000002',
  'Negotiations1764010000010',
  'Lifecycle1764010000030',
  'StoreUsageByDay1763890000000',
  'ExtendInvoicing1764000000021',
  'Reconcile1764000000032',
  'AddPayoutTerms1764000000033',
  'LedgerByBuyer1764800000012',
  'MembersAndAudit1764000000008',
];

const page = readFileSync(new URL('../../../docs/operations/upgrade.md', import.meta.url), 'utf8');

describe('The migrations', () => {
  it.each(definitions)('of $name leave a version that serves on the schema where it is', async (definition) => {
    const database = await emptyDatabase();
    try {
      const steps = await stepsOf(definition, database.url, { saysOnWhoseBehalf: true });
      expect(steps).toHaveLength(definition.allMigrations.length);
      const hard = steps.filter(({ obstacles }) => obstacles.length > 0);
      expect(hard.filter(({ migration }) => !STOP_AND_START.includes(migration))).toEqual([]);
      const named = definition.allMigrations.map(({ name }) => name).filter((name) => STOP_AND_START.includes(name));
      expect(hard.map(({ migration }) => migration)).toEqual(named);
    } finally {
      await database.drop();
    }
  });

  it('that do not are on the page that an operator reads before he upgrades', () => {
    expect(STOP_AND_START.filter((name) => !page.includes(name))).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { chooseLevel, floorOf, highestOf, isolationLevels, strictest, type RungReport } from './isolation-level.js';
import { IsolationLadder } from './isolation.ladder.js';
import { seccompProgram } from './seccomp.filter.js';
import { findLauncher } from './worker.launcher.js';
import { createLogger } from '@hetao/runtime';

const rungs = (upTo: number): RungReport[] =>
  isolationLevels.map((level, at) => ({ level, available: at <= upTo, checks: [], reason: at <= upTo ? null : 'no' }));

describe('the ladder', () => {
  it('fails closed: what was not probed is not there', () => {
    expect(highestOf([])).toBeNull();
    expect(chooseLevel([], 'L0').ok).toBe(false);
    expect(highestOf(rungs(5).filter(({ level }) => level !== 'L2'))).toBe('L1');
  });

  it('refuses data above every rung that holds, for each class', () => {
    for (const [at, dataClass] of (
      ['synthetic', 'anonymised', 'class_2', 'class_3', 'class_4', 'important'] as const
    ).entries()) {
      for (let top = 0; top < isolationLevels.length; top += 1) {
        expect(chooseLevel(rungs(top), floorOf(dataClass)).ok).toBe(top >= at);
      }
    }
    expect(strictest('L1', 'L3', 'L2')).toBe('L3');
  });

  it('knows no filter for a processor it knows no numbers of', () => {
    expect(seccompProgram('riscv64')).toBeUndefined();
    expect(seccompProgram('x64')?.length).toBe(seccompProgram('arm64')?.length);
  });
});

const bubblewrap = findLauncher('bwrap') !== undefined;
if (!bubblewrap && process.env['REQUIRE_BWRAP'] !== '1') {
  process.stderr.write(
    '\n!!! SKIPPED: the rung L3 was not climbed. bubblewrap (bwrap) is not installed; set REQUIRE_BWRAP=1 to insist.\n\n',
  );
}

describe('the probe on this machine', () => {
  it('blocks all six routes, the canary file and other processes, on every rung that claims it', async () => {
    const ladder = new IsolationLadder(createLogger({ service: 'sandbox', level: 'silent' }));
    const found = await ladder.probeAll();
    const byLevel = new Map(found.map((rung) => [rung.level, rung]));
    expect(byLevel.get('L0')).toMatchObject({ available: true });
    expect(byLevel.get('L1')).toMatchObject({ available: true });
    expect(byLevel.get('L2')).toMatchObject({ available: true, reason: null });
    const routes = byLevel.get('L2')?.checks.filter(({ name }) => name.startsWith('network: ')) ?? [];
    expect(routes.map(({ held }) => held)).toEqual([true, true, true, true, true, true]);
    if (bubblewrap || process.env['REQUIRE_BWRAP'] === '1') {
      expect(byLevel.get('L3')).toMatchObject({ available: true, reason: null });
      expect(await ladder.stand('L3')).toEqual({ ok: true, value: 'L3' });
    }
    expect(byLevel.get('L4')).toMatchObject({ available: false });
    expect(await ladder.stand('L4')).toMatchObject({ ok: false, error: { code: 'ISOLATION_TOO_WEAK' } });
  }, 60_000);
});

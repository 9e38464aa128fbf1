import { describe, expect, it } from '@jest/globals';
import type { TrainingRun } from '@hetao/client';
import { goesOn, layersOf, movesOnRun } from './run.rules.js';

const run = (state: TrainingRun['state']) => ({ state, organisation_id: 'org_buyer' });
const buyer = { personas: ['buyer'], organisation_id: 'org_buyer' } as const;
const custodian = { personas: ['merchant'], organisation_id: 'org_hospital' } as const;

describe('what a reader can do with a training run', () => {
  it('is decided by who keeps the data, never by who asked', () => {
    expect(movesOnRun(run('proposed'), custodian)).toMatchObject({ decide: true, abort: true });
    expect(movesOnRun(run('proposed'), buyer)).toMatchObject({ decide: false, abort: true });
  });

  it('is to pause, go on and abort for both sides while it lives', () => {
    expect(movesOnRun(run('training'), buyer)).toEqual({ decide: false, pause: true, resume: false, abort: true });
    expect(movesOnRun(run('paused'), custodian)).toEqual({ decide: false, pause: false, resume: true, abort: true });
  });

  it('is nothing for others, and nothing once it is over', () => {
    const nothing = { decide: false, pause: false, resume: false, abort: false };
    expect(movesOnRun(run('training'), { personas: ['auditor'], organisation_id: 'org_x' })).toEqual(nothing);
    expect(movesOnRun(run('training'), { personas: ['buyer'], organisation_id: 'org_other' })).toEqual(nothing);
    for (const state of ['denied', 'completed', 'budget_exhausted', 'aborted'] as const) {
      expect(movesOnRun(run(state), custodian)).toEqual(nothing);
      expect(goesOn({ state })).toBe(false);
    }
  });
});

describe('the layers in one line', () => {
  const architecture: TrainingRun['architecture'] = {
    inputs: 12,
    layers: [
      { units: 8, activation: 'relu' },
      { units: 1, activation: 'identity' },
    ],
  };

  it('are whole where all of it is trained in one place', () => {
    expect(layersOf({ architecture, mode: 'code_in', split_at: 2 })).toBe('12 → 8 relu → 1 identity');
  });

  it('are cut where the other side goes on', () => {
    expect(layersOf({ architecture, mode: 'split', split_at: 1 })).toBe('12 → 8 relu ‖ 1 identity');
    expect(layersOf({ architecture, mode: 'cut_layer', split_at: 0 })).toBe('12 ‖ 8 relu → 1 identity');
  });
});

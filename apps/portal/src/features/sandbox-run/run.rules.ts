import type { TrainingRun } from '@hetao/client';
import type { Persona } from '../../app/page-state.js';

type Run = Pick<TrainingRun, 'state' | 'organisation_id'>;

/** What this reader can do with a run now; the sandbox judges again. */
export function movesOnRun({ state, organisation_id: owner }: Run, me: Reader) {
  const keepsData = me.personas.includes('merchant') || me.personas.includes('operator');
  const takesPart = keepsData || (me.personas.includes('buyer') && owner === me.organisation_id);
  return {
    decide: keepsData && state === 'proposed',
    pause: takesPart && (state === 'handshake' || state === 'training'),
    resume: takesPart && state === 'paused',
    abort: takesPart && ABORTED_FROM.includes(state),
  };
}

interface Reader {
  readonly personas: readonly Persona[];
  readonly organisation_id: string;
}

const ABORTED_FROM: readonly Run['state'][] = ['proposed', 'budget_reserved', 'handshake', 'training', 'paused'];

/** Whether a run may change while one looks at it. */
export function goesOn({ state }: Pick<Run, 'state'>): boolean {
  return ['budget_reserved', 'handshake', 'training'].includes(state);
}

/** The layers of a model in one line, `12 → 8 relu → 1 identity`, with a bar where it is cut in two. */
export function layersOf({
  architecture: { inputs, layers },
  mode,
  split_at: cut,
}: Pick<TrainingRun, 'architecture' | 'mode' | 'split_at'>): string {
  const steps = layers.map(({ units, activation }) => `${units} ${activation}`);
  const cutAt = mode === 'code_in' ? steps.length : cut;
  const sides = [[String(inputs), ...steps.slice(0, cutAt)], steps.slice(cutAt)];
  return sides
    .filter((side) => side.length > 0)
    .map((side) => side.join(' → '))
    .join(' ‖ ');
}

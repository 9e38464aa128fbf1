import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with what is to be simulated. */
export const simulationErrors = defineErrors({
  SIMULATION_MONTHS_INVALID: {
    kind: 'unprocessable',
    title: 'The months cannot be simulated',
    fix: 'Give each month once, in order, and in each month every meter once.',
  },
});

export type SimulationError = ErrorOf<typeof simulationErrors>;

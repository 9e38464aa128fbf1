import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const budgetErrors = defineErrors({
  BUDGET_INVALID: {
    kind: 'unprocessable',
    title: 'The budget cannot be set so',
    fix: 'Correct what the pointer names: a meter of the agreement, a limit above zero, thresholds from 1 to 1000 percent, a zone that exists.',
  },
  BUDGET_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such budget',
    fix: 'List the budgets of an agreement at GET /v1/usage/budgets.',
  },
  BUDGETS_EXHAUSTED: {
    kind: 'conflict',
    title: 'The agreement has too many budgets',
    fix: 'End one of them: each is looked at with every use.',
  },
  USAGE_BUDGET_REACHED: {
    kind: 'conflict',
    title: 'A hard budget is used up',
    fix: 'Wait for its next period, or ask the buyer to raise or end the budget; then send the event again.',
  },
});

export type BudgetError = ErrorOf<typeof budgetErrors>;

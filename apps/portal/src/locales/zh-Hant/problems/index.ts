import type { ProblemWordsByCode } from '../../../i18n/words.js';
import { bankProblems } from './bank.js';
import { billingProblems } from './billing.js';
import { booksProblems } from './books.js';
import { catalogProblems } from './catalog.js';
import { customsProblems } from './customs.js';
import { dealsProblems } from './deals.js';
import { peopleProblems } from './people.js';
import { requestProblems } from './request.js';
import { sandboxProblems } from './sandbox.js';

export { faults } from './faults.js';

/** What people can be refused in the portal, by code. */
export const problems: ProblemWordsByCode = {
  ...dealsProblems,
  ...catalogProblems,
  ...customsProblems,
  ...billingProblems,
  ...bankProblems,
  ...booksProblems,
  ...sandboxProblems,
  ...peopleProblems,
  ...requestProblems,
};

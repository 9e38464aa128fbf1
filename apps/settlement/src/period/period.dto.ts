import { z } from 'zod';

/** A settlement period in a path or query. */
export const periodParam = z
  .string()
  .regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2015-05')
  .meta({ examples: ['2015-05'] });

/** For `@Param('period', periodInPath)`: what is no month is no period, so 404. */
export const periodInPath = { schema: periodParam };

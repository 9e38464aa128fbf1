import { z } from 'zod';

/** The catalog needs nothing beyond what every service reads. */
export const catalogConfig = z.object({});

import { z } from 'zod';

const MAX_ROLES = 10;

/** What an organisation does on the exchange. */
export const roles = z.array(z.enum(['merchant', 'buyer', 'operator', 'auditor', 'channel'])).max(MAX_ROLES);

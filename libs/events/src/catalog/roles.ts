import { z } from 'zod';
import { named } from '../shared/named.js';

const MAX_ROLES = 10;

export const roles = named(
  'Roles',
  'What an organisation does on the exchange.',
  z.array(z.enum(['merchant', 'buyer', 'operator', 'auditor', 'channel'])).max(MAX_ROLES),
);

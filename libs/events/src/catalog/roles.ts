import { z } from 'zod';
import { named } from '../shared/named.js';

const MAX_ROLES = 10;

export const roles = named(
  'Roles',
  'What an organisation does on the exchange.',
  z.array(z.enum(['merchant', 'buyer', 'operator', 'auditor', 'channel'])).max(MAX_ROLES),
);

/** Beside them the bodies that serve the market without trading in it. */
export const allRoles = named(
  'AllRoles',
  'What an organisation does on the exchange, third-party bodies included.',
  z
    .array(
      z.enum([
        'merchant',
        'buyer',
        'operator',
        'auditor',
        'channel',
        'law_firm',
        'quality_body',
        'security_body',
        'registrar',
      ]),
    )
    .max(MAX_ROLES),
);

import { z } from 'zod';
import { named } from './named.js';

export const renewalTerms = named(
  'RenewalTerms',
  'The agreement goes on for another term of `months` calendar months by itself, at most `times` times, unless a party ' +
    'gave notice in time.',
  z.object({ months: z.int().min(1).max(120), times: z.int().min(1).max(100) }),
);

export const odrlPolicy = named(
  'OdrlPolicy',
  'The usage policy as an ODRL rule set (permission, prohibition, obligation), as canonical JSON text (RFC 8785).',
  z.string().min(2).max(100_000),
);

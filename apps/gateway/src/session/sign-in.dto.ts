import { z } from 'zod';
import { formBody } from '../page/form.dto.js';

/** What the sign-out button sends. */
export const signOutForm = formBody({ csrf_token: z.string().max(100).default('') });

export type SignOutForm = z.output<typeof signOutForm>;

import { z } from 'zod';
import { formBody } from '../page/form.dto.js';

/** What the set-up page sends. */
export const setupForm = formBody({
  token: z.string().max(100).default(''),
  display_name: z.string().trim().max(200).default(''),
  email: z.string().max(254).default(''),
  password: z.string().max(600).default(''),
});

export type SetupForm = z.output<typeof setupForm>;

/** Browsers check the form too; this is for whoever sends it without one. */
export const setupEmail = z.email().max(254);

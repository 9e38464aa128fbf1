import { z } from 'zod';
import { formBody } from '../page/form.dto.js';

/** What the switch of persons sends, in a demonstration. */
export const personaForm = formBody({
  csrf_token: z.string().max(100).default(''),
  account_id: z.string().max(60).default(''),
});

export type PersonaForm = z.output<typeof personaForm>;

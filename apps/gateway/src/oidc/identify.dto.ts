import { z } from 'zod';
import { formBody } from '../page/form.dto.js';

const text = (max: number) => z.string().max(max).default('');

/** What the sign-in form sends: an address with its password, the demo account that was clicked, or the code after it. */
export const identifyForm = formBody({
  email: text(254),
  password: text(128),
  demo_account: text(60),
  ticket: text(2_000),
  code: text(40),
});

export type IdentifyForm = z.output<typeof identifyForm>;

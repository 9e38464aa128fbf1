import { z } from 'zod';
import { formBody } from '../page/form.dto.js';

const text = (max: number) => z.string().max(max).default('');

/** What the sign-in form sends: an address with its password, or the demo account that was clicked. */
export const identifyForm = formBody({ email: text(254), password: text(128), demo_account: text(60) });

export type IdentifyForm = z.output<typeof identifyForm>;

import { z } from 'zod';
import { currency, minorUnits } from './fields.js';

/** Money in an event: whole minor units as text, and the ISO 4217 code. */
export const moneySchema = z.object({ amountMinor: minorUnits, currency });

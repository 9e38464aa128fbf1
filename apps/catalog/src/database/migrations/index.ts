import { ParticipantsAndProducts1763800000001 } from './1763800000001-participants-and-products.js';
import { DataDescription1763860000002 } from './1763860000002-data-description.js';

/** The catalog's migrations in the order they run. */
export const catalogMigrations = [ParticipantsAndProducts1763800000001, DataDescription1763860000002];

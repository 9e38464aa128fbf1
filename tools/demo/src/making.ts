import type { Cast } from './cast.js';
import type { Found } from './found.js';
import type { Progress } from './progress.js';
import type { Calendar } from './world/calendar.js';
import type { World } from './world/world.js';

/** Requests in flight at once: enough to keep two cores busy, few enough to queue nowhere. */
export const AT_ONCE = 8;

/** What every stage of the making works with. */
export interface Making {
  readonly cast: Cast;
  readonly found: Found;
  readonly world: World;
  readonly calendar: Calendar;
  readonly progress: Progress;
}

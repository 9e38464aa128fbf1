/** The instant so many milliseconds after another; before it, below zero. Rules reckon with it: they know no other clock. */
export function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}

/** The instant a text of ISO 8601 with a zone names, as this exchange wrote it. */
export function instantOf(iso: string): Date {
  return new Date(iso);
}

/** The earlier of two instants. */
export function earlier(a: Date, b: Date): Date {
  return a.getTime() <= b.getTime() ? a : b;
}

/** What this browser keeps by itself, if it keeps anything. */
export function kept(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it; a browser that keeps nothing shows the same again next time. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing hangs on it.
  }
}

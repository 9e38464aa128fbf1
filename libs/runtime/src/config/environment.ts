/** Names and raw texts, as a process receives them. */
export type EnvironmentRecord = Readonly<Record<string, string | undefined>>;

/**
 * The environment of this process. This is the only reader of `process.env` in the repository, so that every setting
 * passes through a schema before anything acts on it.
 */
export function environment(): EnvironmentRecord {
  return { ...process.env };
}

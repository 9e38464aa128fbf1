/** The `code` that Node, pg or Fastify put on an error. Asked of any value, since errors may come from another realm. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

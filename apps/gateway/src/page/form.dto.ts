import { z } from 'zod';

/** Media type of an HTML form; its body arrives as text, at most this long. */
export const formMediaType = 'application/x-www-form-urlencoded';
export const formLimitBytes = 8 * 1024;

/** Schema of a form's body. Of a name given twice the last value counts, as in most readers of forms. */
export function formBody<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess(
    (body) => (typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : body),
    z.object(shape),
  );
}

/**
 * Works on every item, never on more than `atOnce` together. The first failure ends it: what is in hand is finished,
 * nothing new is begun, and the failure is thrown.
 */
export async function atMost<T>(atOnce: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  let failed: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined && failed === undefined; item = waiting.pop()) {
      await work(item).catch((error: unknown) => {
        failed ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failed !== undefined) throw failed.error;
}

/**
 * As {@link atMost}, from the last item to the first, which is worked on alone at the end: where the exchange shows the
 * newest first, its lists then begin as ours does.
 */
export async function lastToFirst<T>(
  atOnce: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  await atMost(atOnce, items.slice(1).reverse(), work);
  await atMost(1, items.slice(0, 1), work);
}

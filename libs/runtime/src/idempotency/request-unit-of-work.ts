import { AsyncLocalStorage } from 'node:async_hooks';
import { UnitOfWork, type TransactionOptions, type Tx } from '@hetao/persistence';

interface SpanningTransaction {
  readonly tx: Tx;
  readonly isolation: TransactionOptions['isolation'];
  failure?: { readonly reason: unknown };
}

/**
 * The UnitOfWork that services are given. By itself it behaves like any other. Inside {@link spanning}, `run` joins
 * the transaction that is already open instead of opening one, so that an idempotent request's effect and the note of
 * its answer commit together or not at all. The open transaction travels in an AsyncLocalStorage of this instance:
 * it reaches exactly the work that the spanning call awaits.
 */
export class RequestUnitOfWork extends UnitOfWork {
  readonly #open = new AsyncLocalStorage<SpanningTransaction>();

  override async run<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const open = this.#open.getStore();
    if (open === undefined) return super.run(work, options);
    if (options.isolation !== undefined && options.isolation !== open.isolation) {
      throw new Error(
        `The use case needs isolation "${options.isolation}", but its request runs in "${open.isolation ?? 'read committed'}": ` +
          `write @Idempotent({ isolation: '${options.isolation}' }), or @Repeatable with the same.`,
      );
    }
    try {
      return await work(open.tx);
    } catch (reason) {
      open.failure ??= { reason };
      throw reason;
    }
  }

  /**
   * Runs the work in one transaction that every `run` inside it joins.
   *
   * @throws Error when a joined `run` failed and the work went on regardless: part of it would be kept, and the
   *   caller would take the answer for the whole.
   */
  spanning<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return super.run(async (tx) => {
      const open: SpanningTransaction = { tx, isolation: options.isolation };
      const value = await this.#open.run(open, () => work(tx));
      if (open.failure !== undefined) {
        throw new Error('A use case failed inside an idempotent request, and its handler answered as if it had not.', {
          cause: open.failure.reason,
        });
      }
      return value;
    }, options);
  }
}

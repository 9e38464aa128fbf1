import { Worker } from 'node:worker_threads';

/** An input that is still being read after so long will not come back: nothing in its own thread can stop it. */
const GIVE_UP_S = 30;
const HEAD_BYTES = 8;

/** Runs beside the campaign; its own thread goes on turning when the campaign's does not. */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  const head = new Int32Array(workerData.shared, 0, 2);
  let seen = -1;
  let still = 0;
  setInterval(() => {
    const turn = Atomics.load(head, 0);
    still = turn === seen ? still + 1 : 0;
    seen = turn;
    if (still < workerData.giveUpS) return;
    const input = Buffer.from(workerData.shared, ${HEAD_BYTES}, Atomics.load(head, 1)).toString('base64');
    require('node:fs').writeSync(2, 'HANGS for ' + still + ' s. Input: ' + input + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, 1000);
`;

/** Ends the process, and says with which input, when one is not read to its end within {@link GIVE_UP_S}. */
export class Watchdog {
  readonly #shared: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #worker: Worker;

  constructor(mostBytes: number) {
    this.#shared = new SharedArrayBuffer(HEAD_BYTES + mostBytes);
    this.#head = new Int32Array(this.#shared, 0, 2);
    this.#worker = new Worker(WATCH, { eval: true, workerData: { shared: this.#shared, giveUpS: GIVE_UP_S } });
    this.#worker.unref();
  }

  /** To be called before each input. */
  readonly see = (input: Buffer): void => {
    Buffer.from(this.#shared, HEAD_BYTES).set(input);
    Atomics.store(this.#head, 1, input.length);
    Atomics.add(this.#head, 0, 1);
  };

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

import type { Caret, ViewerInput } from '../pixel/pixel-source.js';
import type { Primitive } from '../pixel-source/primitives.js';
import type { Scene } from '../pixel-source/scene.js';
import { layOut } from './layout.js';
import { boundedWidgets, type Widget } from './widgets.js';
import { react } from './workbench.js';
import {
  newWorkbench,
  type DatasetCard,
  type JobCard,
  type Language,
  type Refusal,
  type Template,
  type WorkbenchOrder,
  type WorkbenchState,
} from './workbench-state.js';
import type { WorkbenchLanguage } from './workbench-words.js';

/** What the workbench reaches of the enclave, in the name of the person before the screen. */
export interface EnclaveDesk {
  datasets(): Promise<readonly DatasetCard[]>;
  analyses(): Promise<readonly Template[]>;
  jobs(): Promise<readonly JobCard[]>;
  /** Sends a job off. @returns its id, or why it was refused and what would pass, in words for the person. */
  run(language: Language, text: string): Promise<{ readonly job: string } | Refusal>;
  /** What a job that is done may show; empty while it is not. */
  result(job: string): Promise<readonly Widget[]>;
  cancel(job: string): Promise<void>;
}

export interface DeskOptions {
  readonly title: string;
  readonly language: WorkbenchLanguage;
  /** How often running jobs are looked at, in ms. */
  readonly pollMs: number;
  /** Told what went wrong; the person sees a short line. */
  readonly onFailure: (error: unknown) => void;
}

/** The workbench of one session: reacts to its person, asks the enclave, and knows what is to be seen. */
export class WorkbenchDesk implements Scene {
  readonly #enclave: EnclaveDesk;
  readonly #options: DeskOptions;
  #state: WorkbenchState;
  #onNews: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(enclave: EnclaveDesk, options: DeskOptions) {
    this.#enclave = enclave;
    this.#options = options;
    this.#state = newWorkbench(options.title, options.language);
  }

  async start(onNews: () => void): Promise<void> {
    this.#onNews = onNews;
    const [datasets, analyses, jobs] = await Promise.all([
      this.#enclave.datasets(),
      this.#enclave.analyses(),
      this.#enclave.jobs(),
    ]);
    this.#become({ datasets, analyses, jobs });
    this.#timer = setInterval(() => this.#do(() => this.#look()), this.#options.pollMs).unref();
  }

  input(event: ViewerInput): void {
    const { state, order } = react(this.#state, event);
    this.#become(state);
    if (order !== null) this.#do(() => this.#carryOut(order));
  }

  picture(): readonly Primitive[] {
    return layOut(this.#state).primitives;
  }

  caret(): Caret {
    return layOut(this.#state).caret;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  async #carryOut(order: WorkbenchOrder): Promise<void> {
    if (order.kind === 'cancel') await this.#enclave.cancel(order.job);
    if (order.kind === 'open') this.#become({ widgets: boundedWidgets(await this.#enclave.result(order.job)) });
    if (order.kind === 'run') {
      const sent = await this.#enclave.run(order.language, order.text);
      if ('refused' in sent) this.#refuse(sent);
      else this.#become({ chosenJob: sent.job, widgets: [], resultTop: 0, notice: this.#state.words.running });
    }
    await this.#look();
  }

  #refuse({ refused, widgets }: Refusal): void {
    this.#become({ chosenJob: null, widgets: boundedWidgets(widgets), resultTop: 0, view: 'notes', notice: refused });
  }

  /** The list of jobs as it is now; when the chosen one has come to its end, what it found. */
  async #look(): Promise<void> {
    const jobs = await this.#enclave.jobs();
    const { chosenJob, widgets, words } = this.#state;
    this.#become({ jobs });
    const chosen = jobs.find(({ id }) => id === chosenJob);
    if (chosen === undefined || chosen.running || widgets.length > 0) return;
    const found = boundedWidgets(await this.#enclave.result(chosen.id));
    const notice = this.#state.notice === words.running ? null : this.#state.notice;
    // The person may have chosen another job while this one was read.
    if (this.#state.chosenJob === chosen.id) this.#become({ widgets: found, notice, view: viewOf(found) });
  }

  #become(change: Partial<WorkbenchState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onNews();
  }

  /** One order after the other; a failure is shown and told, and ends nothing. */
  #do(work: () => Promise<void>): void {
    this.#busy = this.#busy.then(work).catch((error: unknown) => {
      this.#options.onFailure(error);
      this.#become({ notice: this.#state.words.failed });
    });
  }
}

function viewOf(widgets: readonly Widget[]): WorkbenchState['view'] {
  return widgets.some(({ kind }) => kind === 'table') || !widgets.some(({ kind }) => kind === 'chart')
    ? 'table'
    : 'chart';
}

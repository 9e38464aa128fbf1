import { Injectable } from '@nestjs/common';
import { unwrap, type DomainError } from '@hetao/kernel';
import { mayStand, type GovernedTable } from '../enclave/column-policy.js';
import { Enclaves } from '../enclave/enclave.use-cases.js';
import { bodyOf, newJobDto } from '../job/job.dto.js';
import { JobQueries } from '../job/job.queries.js';
import { SteerJob } from '../job/steer-job.use-cases.js';
import { SubmitJob, type JobWish } from '../job/submit-job.use-cases.js';
import type { EnclaveDesk } from '../workbench/workbench.desk.js';
import type { DatasetCard, JobCard, Language, Refusal, Template } from '../workbench/workbench-state.js';
import { workbenchLanguages, workbenchWords, type WorkbenchLanguage } from '../workbench/workbench-words.js';
import { jobCard, jobWidgets, refusal } from './job.widgets.js';
import { viewerOf } from './session.access.js';
import type { PixelSession } from './session.js';

/** As many jobs as the workbench shows. */
const NEWEST_JOBS = 14;

/** Gives a session's person the enclave's desk: its data by name, and jobs under the session's own agreement. */
@Injectable()
export class EnclaveDesks {
  readonly #enclaves: Enclaves;
  readonly #submit: SubmitJob;
  readonly #steer: SteerJob;
  readonly #jobs: JobQueries;

  constructor(enclaves: Enclaves, submit: SubmitJob, steer: SteerJob, jobs: JobQueries) {
    this.#enclaves = enclaves;
    this.#submit = submit;
    this.#steer = steer;
    this.#jobs = jobs;
  }

  of(session: PixelSession): EnclaveDesk {
    const caller = viewerOf(session);
    const language = languageOf(session);
    return {
      datasets: () => this.#datasets(session),
      analyses: () => this.#analyses(session),
      jobs: () => this.#list(session),
      run: (kind, text) => this.#run(session, kind, text),
      result: async (id) => {
        const job = await this.#jobs.get(id, caller);
        return job.ok ? jobWidgets(job.value, language) : refusal(job.error, workbenchWords[language]).widgets;
      },
      cancel: async (id) => {
        const cancelled = await this.#steer.cancel(id, caller);
        // It ended meanwhile: the list says how.
        if (!cancelled.ok && cancelled.error.code !== 'JOB_CANNOT_NOW') unwrap(cancelled);
      },
    };
  }

  /** The version that jobs of this session run on, and its tables with what each column is for. */
  async #datasets(session: PixelSession): Promise<readonly DatasetCard[]> {
    const { enclave, version } = unwrap(await this.#enclaves.get(session.enclaveId, viewerOf(session)));
    const name = enclave.name[languageOf(session)] ?? enclave.name['en'] ?? enclave.productId;
    const title = version === null ? name : `${name} · v${version.version}`;
    const tables = version?.tables ?? [];
    return [
      { name: title, columns: [] },
      ...tables.map(({ name: table, columns }) => ({
        name: table,
        columns: columns.filter(({ use }) => use !== 'never').map((column) => ({ name: column.name, use: column.use })),
      })),
    ];
  }

  async #analyses(session: PixelSession): Promise<readonly Template[]> {
    const { version } = unwrap(await this.#enclaves.get(session.enclaveId, viewerOf(session)));
    return (version?.tables ?? []).map(countsOf);
  }

  async #list(session: PixelSession): Promise<readonly JobCard[]> {
    const { person: author, enclaveId, grounds } = session;
    const newest = await this.#jobs.newestOf({ author, enclaveId, agreementId: grounds.agreementId }, NEWEST_JOBS);
    return newest.map((job) => jobCard(job, languageOf(session)));
  }

  /** What has not run on the twin runs there first; sent again, it runs on the data. */
  async #run(session: PixelSession, kind: Language, text: string): Promise<{ readonly job: string } | Refusal> {
    const words = workbenchWords[languageOf(session)];
    const caller = viewerOf(session);
    const wish = wishOf(session.enclaveId, kind, text);
    if ('detail' in wish) return refusal({ title: words.unreadable, ...wish }, words);
    const sent = await this.#submit.execute(wish, caller);
    const first = !sent.ok && sent.error.code === 'JOB_DRY_RUN_MISSING';
    const taken = first ? await this.#submit.execute({ ...wish, isDryRun: true }, caller) : sent;
    return taken.ok ? { job: taken.value.id } : refusal(taken.error, words);
  }
}

/** The language a session is shown in. */
export function languageOf(session: PixelSession): WorkbenchLanguage {
  return workbenchLanguages.find((known) => known === session.language) ?? 'en';
}

/** A job as its text says, by the rules of the public route; or what keeps it from being read. */
function wishOf(enclaveId: string, kind: Language, text: string): JobWish | Pick<DomainError, 'detail' | 'fix'> {
  const fix = 'Take an analysis from the list on the left and change its columns.';
  let said: unknown;
  try {
    said = kind === 'query' ? { kind: 'sql', sql: text } : JSON.parse(text);
  } catch (error) {
    return { detail: String(error), fix };
  }
  const read = newJobDto.safeParse(typeof said === 'object' ? { ...said, enclave_id: enclaveId } : said);
  if (read.success) return { enclaveId, isDryRun: read.data.dry_run, ...bodyOf(read.data) };
  return {
    detail: read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; '),
    fix,
  };
}

/** A table's patients by its first column that may make groups: something to begin with. */
function countsOf(table: GovernedTable): Template {
  const group = table.columns.find((column) => mayStand(column, 'group'));
  const wish = {
    ...{ kind: 'table', table: table.name, group_by: group === undefined ? [] : [group.name] },
    measures: [{ kind: 'patients' }],
  };
  return { name: table.name, text: JSON.stringify(wish, null, 2) };
}

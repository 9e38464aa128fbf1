import { Inject, Injectable } from '@nestjs/common';
import { DomainException, err, ok, unwrap, type DomainError, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import { runAnalysis } from '../analysis/run-analysis.js';
import { CodeProcess, type CodeOutcome } from '../code/code.process.js';
import { needsContainer, OUTPUT_TABLE, type CodePlan } from '../code/code-plan.js';
import { SqlSession, type Row, type SessionOptions } from '../compute/sql.session.js';
import { rulesWith, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import { columnNames, evidenceSql, readEvidence, tooManyCells } from '../disclosure/evidence-sql.js';
import type { CellKey, PatientSet } from '../disclosure/evidence.js';
import { finding } from '../disclosure/findings.js';
import { judgeTable, type ShownCell } from '../disclosure/verdict.js';
import type { DatasetVersion, Enclave } from '../enclave/enclave.js';
import { EnclaveStore } from '../enclave/enclave.store.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import type { QueryPlan } from '../query-gate/query-plan.js';
import type { SandboxConfig } from '../sandbox.config.js';
import { amountsOf, sumOf, type ComputeAmounts } from '../usage/compute-usage.js';
import { jobErrors } from './job.errors.js';
import { JobPlanner, type PlannedJob } from './job.planner.js';
import type { Job, JobResult } from './job.record.js';

/** What running a job came to: what may be seen, of whom it tells, and what it used. */
export interface JobOutcome {
  readonly result: Result<{ readonly result: JobResult; readonly sets: readonly PatientSet[] }, DomainError>;
  readonly used: ComputeAmounts;
}

/** Where and by what a job runs. */
export interface JobGround {
  readonly enclave: Enclave;
  readonly version: DatasetVersion;
  readonly level: IsolationLevel;
}

interface JobRun {
  readonly job: Job;
  readonly ground: JobGround;
  readonly given?: SessionOptions['given'];
}

const TWIN_PATIENTS = 500;

/** Runs a job in a worker of its own and judges what came out, cell by cell. */
@Injectable()
export class JobRunner {
  readonly #planner: JobPlanner;
  readonly #store: EnclaveStore;
  readonly #config: SandboxConfig;
  readonly #running = new Map<string, Pick<SqlSession, 'kill'>>();

  constructor(planner: JobPlanner, store: EnclaveStore, @Inject(SERVICE_CONFIG) config: SandboxConfig) {
    this.#planner = planner;
    this.#store = store;
    this.#config = config;
  }

  /** Never throws for what a job did: its end is an answer. */
  async run(job: Job, ground: JobGround): Promise<JobOutcome> {
    const planned = await this.#planner.plan(job.kind, job.body, ground.version.tables);
    if (!planned.ok) return { result: planned, used: {} };
    // A receipt says by hash what was read: whoever can write to the disk must not be able to make it a lie.
    const changed = job.isDryRun ? [] : await this.#store.changed(ground.version);
    if (changed.length > 0)
      return { result: err(jobErrors.DATASET_CHANGED(`${changed.join(', ')} is not as it was admitted.`)), used: {} };
    const { value: plan } = planned;
    if (plan.kind !== 'code') return this.#ask(plan, { job, ground });
    const gave = await this.#runCode(plan.plan, { job, ground });
    const used = amountsOf(gave.used);
    if (!gave.rows.ok) return { result: gave.rows, used };
    const given = { name: OUTPUT_TABLE, columns: plan.plan.outputs, rows: gave.rows.value };
    const answered = await this.#ask(plan, { job, ground, given });
    return { ...answered, used: sumOf([used, answered.used]) };
  }

  /** Has a locked engine answer: of the data, or of what code gave, which then is all it has. */
  async #ask(plan: PlannedJob, { job, ground, given }: JobRun): Promise<JobOutcome> {
    const opened = await SqlSession.open(ground.level, {
      tables: given ? [] : this.#store.sessionTables(ground.version, job.isDryRun ? 'twin' : 'data'),
      memoryMib: this.#config.SANDBOX_WORKER_MEMORY_MIB,
      threads: 1,
      timeoutMs: this.#config.SANDBOX_QUERY_TIMEOUT_MS,
      ...(given ? { given } : {}),
    });
    if (!opened.ok) return { result: opened, used: {} };
    this.#running.set(job.id, opened.value);
    try {
      const result = await this.#compute(plan, opened.value, { job, ground });
      return { result, used: amountsOf(await opened.value.close()) };
    } finally {
      this.#running.delete(job.id);
      opened.value.kill();
    }
  }

  async #runCode(plan: CodePlan, { job, ground }: JobRun): Promise<CodeOutcome> {
    const { SANDBOX_JOB_TIMEOUT_MS: timeoutMs, SANDBOX_WORKER_MEMORY_MIB: memoryMib } = this.#config;
    const tables = this.#store.sessionTables(ground.version, job.isDryRun ? 'twin' : 'data');
    const order = { plan, isDryRun: job.isDryRun, timeoutMs, tables, memoryMib };
    const { language } = plan.wish;
    const reads = tables.map(({ path }) => path);
    const running = needsContainer(language)
      ? new CodeProcess(ground.level, order, this.#planner.containers.start(language, { reads, timeoutMs }))
      : new CodeProcess(ground.level, order);
    this.#running.set(job.id, running);
    try {
      return await running.run();
    } finally {
      this.#running.delete(job.id);
    }
  }

  /** Stops a job that runs in this process; one of another process ends by its own limits. */
  stop(jobId: string): void {
    this.#running.get(jobId)?.kill();
  }

  async #compute(
    planned: PlannedJob,
    session: SqlSession,
    of: { job: Job; ground: JobGround },
  ): Promise<JobOutcome['result']> {
    const rules = rulesWith(of.ground.enclave.minPatients);
    const patients = of.job.isDryRun ? TWIN_PATIENTS : of.ground.version.patients;
    if (planned.kind === 'query') return answerQuery(planned.plan, session, { rules, patients });
    if (planned.kind === 'code') {
      const coarse = { ...rules, roundsByContribution: true };
      return answerQuery(planned.plan.query, session, { rules: coarse, patients });
    }
    // An analysis asks many times; the first question that fails ends it.
    const sql = async (text: string): Promise<readonly Row[]> => unwrap(await session.query(text));
    try {
      const { sets, ...result } = await runAnalysis(planned.wish, { sql, rules, patients });
      return ok({ result, sets });
    } catch (error) {
      if (error instanceof DomainException) return err(error.problem);
      throw error;
    }
  }
}

async function answerQuery(
  plan: QueryPlan,
  session: SqlSession,
  { rules, patients }: { readonly rules: DisclosureRules; readonly patients: number },
): Promise<JobOutcome['result']> {
  const rows = await session.query(evidenceSql(plan, patients));
  if (!rows.ok) return rows;
  const shape = { groups: plan.groups.map(({ name }) => name), measures: plan.measures };
  if (tooManyCells(rows.value)) {
    const findings = [finding('too_many_levels', rows.value.length, rules.maxLevels)];
    return ok({ result: { outcome: 'fail', columns: [], rows: [], findings, suggestions: [] }, sets: [] });
  }
  const { outcome, cells, findings, suggestions, sets } = judgeTable(
    shape,
    rows.value.map((row) => readEvidence(row, plan)),
    rules,
  );
  return ok({
    result: { outcome, columns: columnNames(plan), rows: ordered(cells, plan), findings, suggestions },
    sets,
  });
}

/** In the order that was asked for, by what is shown: an order by what is withheld would tell of it. */
function ordered(cells: readonly ShownCell[], { order, limit }: QueryPlan): readonly (readonly CellKey[])[] {
  const rows = cells.map(({ keys, values }): readonly CellKey[] => [...keys, ...values]);
  const by = order.length > 0 ? order : rows[0]?.map((_, at) => ({ at, descending: false }));
  const sorted = rows.toSorted((one, other) => {
    for (const { at, descending } of by ?? []) {
      const difference = compare(one[at] ?? null, other[at] ?? null);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
  return limit === null ? sorted : sorted.slice(0, limit);
}

function compare(one: CellKey, other: CellKey): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}

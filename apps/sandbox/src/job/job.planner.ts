import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import type { GovernedTable } from '../enclave/column-policy.js';
import { QueryParser } from '../query-gate/query.parser.js';
import type { QueryPlan } from '../query-gate/query-plan.js';
import { checkAnalysis, isAnalysis, questionsOf, type AnalysisWish } from '../analysis/analysis.js';
import { needsContainer, planCode, type CodePlan, type CodeWish } from '../code/code-plan.js';
import { ContainerRuntime } from '../container/container.runtime.js';
import { planTable, type TableWish } from './table-plan.js';
import type { JobKind } from './job.js';

/** What a job comes to: a query with evidence, or an analysis made of many. */
export type PlannedJob =
  | { readonly kind: 'query'; readonly plan: QueryPlan }
  | { readonly kind: 'analysis'; readonly wish: AnalysisWish }
  | { readonly kind: 'code'; readonly plan: CodePlan };

/** How often a job asks the data, at most: what is set aside for it covers every question. */
export function questionsIn(planned: PlannedJob): number {
  return planned.kind === 'analysis' ? questionsOf(planned.wish) : 1;
}

/** Checks what somebody sent, before anything is reserved or run. */
@Injectable()
export class JobPlanner {
  readonly containers: ContainerRuntime;
  readonly #parser: QueryParser;

  constructor(parser: QueryParser, containers: ContainerRuntime) {
    this.#parser = parser;
    this.containers = containers;
  }

  async plan(
    kind: JobKind,
    body: Readonly<Record<string, unknown>>,
    tables: readonly GovernedTable[],
  ): Promise<Result<PlannedJob, DomainError>> {
    if (isAnalysis(kind)) {
      const checked = checkAnalysis(body as unknown as AnalysisWish, tables);
      return checked.ok ? ok({ kind: 'analysis', wish: checked.value }) : checked;
    }
    if (kind === 'code') {
      const wish = body as unknown as CodeWish;
      const held = needsContainer(wish.language) ? await this.containers.probe(wish.language) : ok(null);
      if (!held.ok) return held;
      const planned = planCode(wish, tables);
      return planned.ok ? ok({ kind, plan: planned.value }) : planned;
    }
    // The bodies were parsed by the schema of their kind when they came in.
    const plan =
      kind === 'table'
        ? planTable(body as unknown as TableWish, tables)
        : await this.#parser.plan(String((body as { sql: string }).sql), tables);
    return plan.ok ? ok({ kind: 'query', plan: plan.value }) : plan;
  }
}

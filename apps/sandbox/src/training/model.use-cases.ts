import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import { fromOnnx, Network, probabilityOf } from '@hetao/learning';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { DATABASE, type CallerIdentity } from '@hetao/runtime';
import { ModelBill, type ModelBillError } from './model.bill.js';
import { MODELS, ModelRepository, type KeptModel } from './model.repository.js';
import { stepModel, vote, type Model, type ModelCommand, type Verdict } from './model.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

const DIGITS = 1_000;

/** What happens to a sealed model: reviewed by two, then given, served or destroyed. */
@Injectable()
export class DecideModel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly bill: ModelBill,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /** Newest first. @param after the id of the last one of the page before. */
  list(reader: Reader, page: { readonly after: string | undefined; readonly limit: number }): Promise<Model[]> {
    return this.database.withClient(async (client) => {
      const { rows } = await client.query<Model>(
        `${MODELS} WHERE ($1 OR m.organisation_id = $2 OR m.owner_organisation_id = $2)
           AND ($3::text IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $4`,
        [seesEveryTenant(reader), reader.organisationId, page.after ?? null, page.limit],
      );
      return rows;
    });
  }

  get(id: string, caller: CallerIdentity): Promise<Result<Model, TrainingError>> {
    return this.#change(id, caller, (_, model) => Promise.resolve(ok(model)));
  }

  /** Puts a model before its reviewers; an output of the agreement is set aside for it. @returns what access and allowance answer. */
  submit(id: string, caller: CallerIdentity): Promise<Result<Model, ModelBillError>> {
    return this.#change<Model, ModelBillError>(id, caller, async (tx, model) => {
      if (model.organisationId !== caller.organisationId) return unknown(id);
      const moved = await this.#move(tx, model, 'submit');
      if (!moved.ok) return moved;
      const held = await this.bill.reserveRelease(tx, model);
      return held.ok ? moved : held;
    });
  }

  /** One of two words; the second decides. @returns MODEL_REVIEW_REFUSED, MODEL_EXPORT_REFUSED, MODEL_STATE_REFUSES. */
  review(id: string, verdict: Verdict, caller: CallerIdentity): Promise<Result<Model, TrainingError>> {
    return this.#change(id, caller, async (tx, model) => {
      const { subject: reviewer, organisationId } = caller;
      const cast = vote(model, { reviewer, organisationId, verdict });
      if (!cast.ok) return cast;
      const { votes, decision } = cast.value;
      if (decision !== null) return this.#decide(tx, { ...model, votes }, decision);
      await this.models.decide(tx, id, { state: model.state, votes });
      return ok({ ...model, votes });
    });
  }

  /** The file of an exported model. */
  file(id: string, caller: CallerIdentity): Promise<Result<Buffer, TrainingError>> {
    return this.#change(id, caller, (_, model) => {
      if (model.state === 'exported' && model.organisationId === caller.organisationId)
        return Promise.resolve(ok(model.onnx));
      return Promise.resolve(
        err(trainingErrors.MODEL_STATE_REFUSES(`${id} is ${model.state}; only an exported model leaves.`)),
      );
    });
  }

  /**
   * Answers rows of raw inputs while cap and agreement last, in three digits: more of them would tell weights.
   *
   * @returns MODEL_STATE_REFUSES, MODEL_INPUT_INVALID, MODEL_QUERIES_USED_UP, what access answers.
   */
  predict(
    id: string,
    rows: readonly (readonly number[])[],
    caller: CallerIdentity,
  ): Promise<Result<number[], ModelBillError>> {
    return this.#change<number[], ModelBillError>(id, caller, async (tx, model) => {
      if (!['served_only', 'exported'].includes(model.state) || model.organisationId !== caller.organisationId) {
        return err(trainingErrors.MODEL_STATE_REFUSES(`${id} is ${model.state}; it is not served.`));
      }
      const { architecture, weights, scaling } = fromOnnx(model.onnx);
      const wrong = rows.findIndex((row) => row.length !== architecture.inputs);
      if (wrong >= 0) {
        const detail = `Row ${wrong} has ${rows[wrong]?.length ?? 0} numbers; the model takes ${architecture.inputs}.`;
        return err(trainingErrors.MODEL_INPUT_INVALID(detail, { pointer: `/rows/${wrong}` }));
      }
      if (!(await this.models.spendQueries(tx, id, rows.length))) {
        return err(trainingErrors.MODEL_QUERIES_USED_UP(`${model.queriesLeft} rows are left.`));
      }
      const counted = await this.bill.countRows(tx, model, rows.length);
      if (!counted.ok) return counted;
      const network = new Network(architecture, weights);
      return ok(
        rows.map((row) => {
          const scaled = row.map((value, at) => (value - (scaling.centres[at] ?? 0)) / (scaling.scales[at] ?? 1));
          return Math.round(probabilityOf(network.logit(Float32Array.from(scaled), 0)) * DIGITS) / DIGITS;
        }),
      );
    });
  }

  /** The second word: what leaves is counted, what does not costs nothing. */
  async #decide(tx: Tx, model: KeptModel, verdict: Verdict): Promise<Result<KeptModel, TrainingError>> {
    await (verdict === 'export' ? this.bill.settleRelease(tx, model) : this.bill.refundRelease(tx, model));
    return this.#move(tx, model, verdict);
  }

  async #move(tx: Tx, model: KeptModel, command: ModelCommand): Promise<Result<KeptModel, TrainingError>> {
    const state = stepModel(model, command);
    if (!state.ok) return state;
    await this.models.decide(tx, model.id, { state: state.value, votes: model.votes });
    return ok({ ...model, state: state.value });
  }

  #change<T, E extends ModelBillError = TrainingError>(
    id: string,
    caller: CallerIdentity,
    change: (tx: Tx, model: KeptModel) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | TrainingError>> {
    return this.uow.runResult<T, E | TrainingError>(async (tx) => {
      const model = await this.models.lock(tx, id);
      return model === null || !mayKnow(model, caller) ? unknown(id) : change(tx, model);
    });
  }
}

function mayKnow(model: Model, reader: Reader): boolean {
  return seesEveryTenant(reader) || [model.organisationId, model.ownerOrganisationId].includes(reader.organisationId);
}

function unknown(id: string): Result<never, TrainingError> {
  return err(trainingErrors.MODEL_NOT_FOUND(`No model ${id}.`));
}

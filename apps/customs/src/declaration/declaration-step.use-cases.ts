import { Injectable } from '@nestjs/common';
import { err, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import type { Reader } from '../shared/reader.js';
import { agreementFaults } from './completeness.js';
import { declarationErrors, incomplete } from './declaration.errors.js';
import { DeclarationRepository } from './declaration.repository.js';
import {
  decideDeclaration,
  decideTrack,
  exemptDeclaration,
  forwardDeclaration,
  recordEvent,
  stepDeclaration,
  submitDeclaration,
  turnClock,
  type Declaration,
  type Decision,
  type Outcome,
  type Today,
} from './declaration.js';
import { ExchangeKnowledge } from './exchange-knowledge.queries.js';
import { unknownDeclaration } from './declaration.use-cases.js';
import { materialChanges } from './successor.js';
import { answerSupplements, returnDeclaration, type SupplementAnswer, type SupplementRequest } from './supplements.js';

type NewDecision = Omit<Decision, 'enteredBy' | 'kind'>;
/** A step somebody asks for; whether his persona may was decided at the door. */
export type StepOrder =
  | { readonly command: 'submit' }
  | { readonly command: 'check' | 'consult' | 'advise' | 'forward' }
  | { readonly command: 'return'; readonly request: SupplementRequest }
  | { readonly command: 'supplement'; readonly answers: readonly SupplementAnswer[] }
  | { readonly command: 'pass' | 'refuse'; readonly decision: NewDecision }
  | { readonly command: 'exempt'; readonly decision: NewDecision }
  | { readonly command: 'event'; readonly name: string; readonly on: string }
  | {
      readonly command: 'clock';
      readonly clockId: string;
      readonly turn: 'pause' | 'resume' | 'meet';
      readonly on: string;
    }
  | {
      readonly command: 'track';
      readonly trackId: string;
      readonly state: 'cleared' | 'refused';
      readonly reference: string;
      readonly evidenceSha256: string;
    };

type HandIn = Extract<StepOrder, { command: 'submit' } | { command: 'exempt' }>;

const EXPORTERS_OWN = new Set(['check', 'consult', 'submit', 'supplement']);

/** Takes a declaration one step on its way, and remembers who did. */
@Injectable()
export class StepDeclaration {
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #known: ExchangeKnowledge;
  readonly #day: CustomsDay;

  constructor(uow: UnitOfWork, declarations: DeclarationRepository, known: ExchangeKnowledge, day: CustomsDay) {
    this.#uow = uow;
    this.#declarations = declarations;
    this.#known = known;
    this.#day = day;
  }

  async execute(id: string, order: StepOrder, by: Reader): Promise<Result<Declaration, DomainError>> {
    const today = await this.#day.today();
    return this.#uow.runResult(async (tx): Promise<Result<Declaration, DomainError>> => {
      const before = await this.#declarations.load(tx, id);
      const mayAct =
        before?.exporterId === by.organisationId ||
        (!EXPORTERS_OWN.has(order.command) && by.personas.includes('operator'));
      if (before === null || !mayAct) return err(unknownDeclaration(id));
      const after =
        order.command === 'submit' || order.command === 'exempt'
          ? await this.#handIn(tx, before, { order, by, today })
          : decide(before, order, by, today);
      if (!after.ok) return after;
      const deed = { command: order.command, from: before.status, at: today.at, by, note: noteOf(order) };
      await this.#declarations.update(tx, after.value, deed);
      return after;
    });
  }

  /** What is handed in, or needs no handing in, is held against the persons the exchange has counted. */
  async #handIn(
    tx: Tx,
    before: Declaration,
    { order, by, today }: { order: HandIn; by: Reader; today: Today },
  ): Promise<Result<Declaration, DomainError>> {
    const strange = agreementFaults(before, await this.#known.agreement(tx, before));
    if (strange.length > 0) return err(incomplete(strange));
    const known = await this.#known.persons(tx, before);
    if (order.command === 'exempt') {
      const memo: Decision = { ...order.decision, kind: 'exempt_memo', enteredBy: by.subject };
      return exemptDeclaration(before, memo, known, today.date);
    }
    if (before.kind === 'extension' && before.predecessor !== null) {
      const extended = await this.#declarations.load(tx, before.predecessor.id);
      const changed = extended === null ? [] : materialChanges(extended, before);
      if (changed.length > 0) return err(changedMaterially(before, changed));
    }
    return submitDeclaration(before, known, today);
  }
}

function decide(before: Declaration, order: Exclude<StepOrder, HandIn>, by: Reader, today: Today): Outcome {
  switch (order.command) {
    case 'check':
    case 'consult':
    case 'advise':
      return stepDeclaration(before, order.command);
    case 'return':
      return returnDeclaration(before, order.request, by.subject, today);
    case 'supplement':
      return answerSupplements(before, order.answers, by.subject, today);
    case 'forward':
      return forwardDeclaration(before, today);
    case 'pass':
    case 'refuse':
      return decideDeclaration(
        before,
        order.command,
        { ...order.decision, kind: 'official', enteredBy: by.subject },
        today,
      );
    case 'event':
      return recordEvent(before, order, today.calendar);
    case 'clock':
      return turnClock(before, { id: order.clockId, command: order.turn, on: order.on }, today.calendar);
    case 'track':
      return decideTrack(before, trackOf(before, order, by));
  }
}

function changedMaterially({ id }: Declaration, items: readonly ErrorItem[]): DomainError {
  const detail = `${id} asks for an extension, yet ${items.length} thing(s) differ from what was decided.`;
  return declarationErrors.DECLARATION_INCOMPLETE(detail, { items });
}

function trackOf(before: Declaration, order: Extract<StepOrder, { command: 'track' }>, by: Reader) {
  const { trackId: id, state, reference, evidenceSha256 } = order;
  const flag = before.tracks.find((track) => track.id === id)?.flag ?? '';
  return { id, flag, state, reference, evidenceSha256, decidedBy: by.subject };
}

function noteOf(order: StepOrder): string | null {
  if ('request' in order) return order.request.reason;
  if ('answers' in order) return order.answers.map(({ item }) => item).join(', ');
  if ('decision' in order) return order.decision.reference;
  if ('name' in order) return `${order.name} on ${order.on}`;
  if ('clockId' in order) return `${order.turn} ${order.clockId} on ${order.on}`;
  return 'trackId' in order ? `${order.trackId}: ${order.state}, ${order.reference}` : null;
}

import { Injectable } from '@nestjs/common';
import { err, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import { CounterRepository } from '../counter/counter.repository.js';
import type { Reader } from '../shared/reader.js';
import { DeclarationRepository } from './declaration.repository.js';
import {
  decideDeclaration,
  decideTrack,
  exemptDeclaration,
  forwardDeclaration,
  recordEvent,
  returnDeclaration,
  stepDeclaration,
  submitDeclaration,
  turnClock,
  type Declaration,
  type Decision,
  type Outcome,
  type Today,
} from './declaration.js';
import { unknownDeclaration } from './declaration.use-cases.js';

type NewDecision = Omit<Decision, 'enteredBy' | 'kind'>;
/** A step somebody asks for; whether his persona may was decided at the door. */
export type StepOrder =
  | { readonly command: 'submit' }
  | { readonly command: 'check' | 'consult' | 'advise' | 'forward' }
  | { readonly command: 'return'; readonly note: string }
  | { readonly command: 'pass' | 'refuse' | 'exempt'; readonly decision: NewDecision }
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

const EXPORTERS_OWN = new Set(['check', 'consult', 'submit']);

/** Takes a declaration one step on its way, and remembers who did. */
@Injectable()
export class StepDeclaration {
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #counters: CounterRepository;
  readonly #day: CustomsDay;

  constructor(uow: UnitOfWork, declarations: DeclarationRepository, counters: CounterRepository, day: CustomsDay) {
    this.#uow = uow;
    this.#declarations = declarations;
    this.#counters = counters;
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
        order.command === 'submit' ? await this.#submit(tx, before, today) : decide(before, order, by, today);
      if (!after.ok) return after;
      const deed = { command: order.command, from: before.status, at: today.at, by, note: noteOf(order) };
      await this.#declarations.update(tx, after.value, deed);
      return after;
    });
  }

  async #submit(tx: Tx, before: Declaration, today: Today): Promise<Outcome> {
    const totals = await this.#counters.totals(tx, before.exporterId, before.year);
    return submitDeclaration(before, { general: totals.general.total, sensitive: totals.sensitive.total }, today);
  }
}

function decide(
  before: Declaration,
  order: Exclude<StepOrder, { command: 'submit' }>,
  by: Reader,
  today: Today,
): Outcome {
  switch (order.command) {
    case 'check':
    case 'consult':
    case 'advise':
      return stepDeclaration(before, order.command);
    case 'return':
      return returnDeclaration(before, order.note, today);
    case 'forward':
      return forwardDeclaration(before, today);
    case 'exempt':
      return exemptDeclaration(before, { ...order.decision, kind: 'exempt_memo', enteredBy: by.subject });
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

function trackOf(before: Declaration, order: Extract<StepOrder, { command: 'track' }>, by: Reader) {
  const { trackId: id, state, reference, evidenceSha256 } = order;
  const flag = before.tracks.find((track) => track.id === id)?.flag ?? '';
  return { id, flag, state, reference, evidenceSha256, decidedBy: by.subject };
}

function noteOf(order: StepOrder): string | null {
  if ('note' in order) return order.note;
  if ('decision' in order) return order.decision.reference;
  if ('name' in order) return `${order.name} on ${order.on}`;
  if ('clockId' in order) return `${order.turn} ${order.clockId} on ${order.on}`;
  return 'trackId' in order ? `${order.trackId}: ${order.state}, ${order.reference}` : null;
}

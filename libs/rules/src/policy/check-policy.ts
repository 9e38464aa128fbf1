import { canonicalJson, err, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { compilePolicy } from './compile.js';
import type { CompiledPolicy, CompiledRule, Condition } from './compiled.js';
import { forbids, grants } from './evaluate.js';
import { allOf, factsOf, levelOf } from './levels.js';
import type { OdrlPolicy } from './odrl.js';
import { usagePolicyErrors, type PolicyFaultCode } from './policy.errors.js';
import { readPolicy } from './read-policy.js';
import { TRUE } from '../engine/truth.js';
import { dutyActions, isAction, isIncluded, type PolicyUse } from './vocabulary.js';
import { findWitness, testsOf, testsOfRules, type PolicyWindow } from './witness.js';

/** What a policy is checked against. */
export interface PolicyContext {
  /** When agreements under it are in force: a permission or a duty outside of it is a mistake. */
  readonly window: PolicyWindow;
  /** A merchant's own policy must be one that can be checked; a peer's is kept as it is, and denies what it leaves open. */
  readonly unknownTerms?: 'refuse' | 'keep';
}

/**
 * Reads a policy when it is defined, and refuses what would only show when it is used: terms nobody here can check,
 * conditions that never hold (a range without room, exactly one of two equal things), permissions that prohibitions leave
 * nothing of, duties that are forbidden or due before anything may be used.
 *
 * @param value a policy, offer or agreement of the Dataspace Protocol; only its rules are read.
 * @returns the rules as they are spelled, or USAGE_POLICY_INVALID with every place to mend.
 */
export function checkUsagePolicy(value: unknown, context: PolicyContext): Result<OdrlPolicy, DomainError> {
  const read = readPolicy(value);
  if (!read.ok) return refused(read.error);
  const faults = new PolicyCheck(compilePolicy(read.value), context).faults();
  return faults.length === 0 ? read : refused(faults);
}

/** Reads the rules of a policy whatever they say: what nobody can check denies, when it is evaluated. */
export function readUsagePolicy(value: unknown): Result<OdrlPolicy, DomainError> {
  const read = readPolicy(value);
  return read.ok ? read : refused(read.error);
}

function refused(items: readonly ErrorItem[]): Result<never, DomainError> {
  const [first] = items;
  const more = items.length > 1 ? ` (and ${items.length - 1} more)` : '';
  return err(
    usagePolicyErrors.USAGE_POLICY_INVALID(
      `${first?.pointer === '' ? 'The policy' : first?.pointer}: ${first?.detail}${more}`,
      {
        items,
        ...(first === undefined ? {} : { pointer: first.pointer }),
      },
    ),
  );
}

class PolicyCheck {
  readonly #policy: CompiledPolicy;
  readonly #window: PolicyWindow;
  readonly #strict: boolean;
  readonly #faults: ErrorItem[] = [];

  constructor(policy: CompiledPolicy, { window, unknownTerms = 'refuse' }: PolicyContext) {
    this.#policy = policy;
    this.#window = window;
    this.#strict = unknownTerms === 'refuse';
  }

  faults(): readonly ErrorItem[] {
    const { permissions, prohibitions, obligations } = this.#policy;
    if (this.#strict && permissions.length === 0) this.#fault('', 'NOTHING_PERMITTED', 'it permits nothing at all.');
    const rules = [...permissions, ...prohibitions, ...obligations];
    if (this.#strict) for (const rule of rules) this.#checkTerms(rule);
    // What cannot be read has no meaning to contradict itself with.
    if (this.#faults.length > 0) return this.#faults;
    for (const rule of [...permissions, ...prohibitions]) this.#checkConditions(rule);
    if (this.#faults.length > 0) return this.#faults;
    const from = permissions.map((rule) => this.#checkPermission(rule)).filter((date) => date !== null);
    const first = new Date(Math.min(...from.map((date) => date.getTime()), this.#window.until.getTime()));
    for (const rule of permissions) for (const duty of rule.duties) this.#checkDuty(duty, first);
    for (const duty of obligations) this.#checkDuty(duty, first);
    return this.#faults;
  }

  #checkTerms(rule: CompiledRule): void {
    const duty = rule.kind === 'obligation' || rule.kind === 'duty';
    const known = duty ? dutyActions.has(rule.action) : isAction(rule.action);
    if (!known) {
      this.#fault(
        `${rule.pointer}/action`,
        'TERM_UNKNOWN',
        `"${rule.action}" is no ${duty ? 'duty' : 'action'} known here.`,
      );
    }
    for (const member of rule.unknownMembers) {
      this.#fault(`${rule.pointer}/${member}`, 'TERM_UNKNOWN', `a rule has no member "${member}" known here.`);
    }
    for (const condition of rule.conditions) this.#checkReadable(condition);
    for (const each of rule.duties) this.#checkTerms(each);
  }

  #checkReadable(condition: Condition): void {
    if (condition.kind !== 'test') {
      if (condition.unreadable) {
        this.#fault(
          condition.pointer,
          'SHAPE_INVALID',
          `"${condition.kind}" needs at least one part and nothing beside.`,
        );
      }
      for (const part of condition.parts) this.#checkReadable(part);
      return;
    }
    const { unreadable, spelled, pointer } = condition;
    const said = {
      operand: () =>
        this.#fault(`${pointer}/leftOperand`, 'TERM_UNKNOWN', `"${spelled.operand}" cannot be checked here.`),
      operator: () =>
        this.#fault(
          `${pointer}/operator`,
          'TERM_UNKNOWN',
          `"${spelled.operator}" cannot be applied to "${spelled.operand}".`,
        ),
      value: () =>
        this.#fault(
          `${pointer}/rightOperand`,
          'VALUE_INVALID',
          `${spelled.values.join(', ')} is no value for "${spelled.operand}".`,
        ),
      member: () => this.#fault(pointer, 'TERM_UNKNOWN', 'it has members beside its two operands and its operator.'),
    };
    if (unreadable !== null) said[unreadable]();
  }

  /** Every part of a condition must be able to hold, and all conditions of the rule at once. */
  #checkConditions(rule: CompiledRule): void {
    if (!this.#isReadable(rule.conditions.flatMap(testsOf))) return;
    const fine = rule.conditions.map((condition) => this.#canHold(condition));
    if (fine.includes(false)) return;
    const all = this.#find(rule.pointer, [rule], (use) => allOf(rule.conditions, factsOf(use)) === TRUE);
    if (all === null)
      this.#fault(`${rule.pointer}/constraint`, 'NEVER_TRUE', 'its conditions can never hold together.');
  }

  #canHold(condition: Condition): boolean {
    if (condition.kind !== 'test') {
      const fine = condition.parts.map((part) => this.#canHold(part));
      if (fine.includes(false)) return false;
      const twin = condition.kind === 'xone' ? twinIn(condition.parts) : undefined;
      if (twin !== undefined) {
        this.#fault(twin.pointer, 'NEVER_TRUE', 'stands twice where exactly one may hold, so it never decides.');
        return false;
      }
    }
    const witness = findWitness(testsOf(condition), this.#window, (use) => levelOf(condition, factsOf(use)) === TRUE);
    if (witness === null)
      this.#fault(condition.pointer, 'NEVER_TRUE', 'it can never hold while agreements are in force.');
    return witness !== null;
  }

  /** @returns from when on the permission first grants something; null when it never does. */
  #checkPermission(rule: CompiledRule): Date | null {
    const against = this.#policy.prohibitions.filter(
      ({ action }) => !isAction(action) || isIncluded(rule.action, action),
    );
    if (!this.#isReadable(testsOfRules([rule, ...against]))) return this.#window.from;
    const free = { ...rule, duties: [] };
    const found = this.#find(rule.pointer, [rule, ...against], (use) => {
      const [done, facts] = [{ ...use, action: rule.action }, factsOf(use)];
      return grants(free, done, facts) && !against.some((prohibition) => forbids(prohibition, done, facts));
    });
    if (found === null) {
      this.#fault(rule.pointer, 'PERMISSION_EMPTY', 'whatever it permits, a prohibition of this policy forbids.');
    }
    return found?.at ?? null;
  }

  #checkDuty({ pointer, action, deadlines }: CompiledRule, first: Date): void {
    const forbidden = this.#policy.prohibitions.some(
      (rule) => isIncluded(action, rule.action) && rule.conditions.length === 0,
    );
    if (forbidden)
      this.#fault(pointer, 'DUTY_PROHIBITED', 'what must be done here, a prohibition of this policy forbids.');
    if (deadlines === undefined && this.#strict) {
      this.#fault(pointer, 'TERM_UNKNOWN', 'a duty has deadlines alone: dateTime or elapsedTime, lteq or lt.');
    }
    for (const { kind, ms, pointer: place } of deadlines ?? []) {
      if (kind === 'instant' ? ms < first.getTime() : ms <= 0) {
        this.#fault(place, 'DUTY_IMPOSSIBLE', 'it falls due before anything may be used.');
      }
    }
  }

  #find(
    pointer: string,
    rules: readonly CompiledRule[],
    wish: (use: PolicyUse) => boolean,
  ): PolicyUse | null | undefined {
    const found = findWitness(testsOfRules(rules), this.#window, wish);
    if (found === undefined) {
      this.#fault(pointer, 'TOO_LARGE', 'it has more combinations of values than can be checked; say it in fewer.');
    }
    return found;
  }

  #isReadable(tests: readonly { readonly unreadable: unknown }[]): boolean {
    return tests.every(({ unreadable }) => unreadable === null);
  }

  #fault(pointer: string, code: PolicyFaultCode, detail: string): void {
    this.#faults.push({ pointer, code, detail });
  }
}

/** A part that says the same as one before it. */
function twinIn(parts: readonly Condition[]): Condition | undefined {
  const seen = new Set<string>();
  return parts.find((part) => {
    const key = canonicalJson(meaningOf(part));
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

function meaningOf(condition: Condition): unknown {
  if (condition.kind !== 'test') return { kind: condition.kind, parts: condition.parts.map(meaningOf) };
  const { operand, operator, values } = condition;
  return { operand: operand?.name ?? null, operator, values };
}

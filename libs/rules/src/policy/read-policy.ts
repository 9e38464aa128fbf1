import { err, ok, type ErrorItem, type JsonValue, type Result } from '@hetao/kernel';
import { at, connectives, type OdrlConstraint, type OdrlDuty, type OdrlPolicy, type OdrlRule } from './odrl.js';
import type { PolicyFaultCode } from './policy.errors.js';

/** Above any policy people can read: what is larger is a mistake, or an attack on whoever evaluates it. */
export const policyLimits = { rules: 50, constraints: 500, depth: 8, text: 1_000, listed: 200 } as const;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the rules out of a policy, an offer or an agreement as peers send them: a single value where a list belongs,
 * `{"@id": x}` where a term belongs. Spellings are kept, members this exchange knows nothing of are kept with their rule
 * and make it one nobody can check. What is no policy at all is said place by place.
 */
export function readPolicy(value: unknown): Result<OdrlPolicy, readonly ErrorItem[]> {
  const reader = new PolicyReader();
  const policy = reader.policy(value);
  return reader.faults.length === 0 ? ok(policy) : err(reader.faults);
}

class PolicyReader {
  readonly faults: ErrorItem[] = [];
  #constraints = 0;

  policy(value: unknown): OdrlPolicy {
    if (!isObject(value)) {
      this.#fault('', 'SHAPE_INVALID', 'A policy is an object with permission, prohibition or obligation.');
      return {};
    }
    const { profile } = value;
    const lists = (['permission', 'prohibition', 'obligation'] as const).map((kind) => {
      const rules = this.#list(value[kind], at('', kind), policyLimits.rules);
      return [kind, rules.map((rule, index) => this.#rule(rule, at(at('', kind), index)))] as const;
    });
    return {
      ...(profile === undefined ? {} : { profile: this.#profile(profile) }),
      ...Object.fromEntries(lists.filter(([, rules]) => rules.length > 0)),
    };
  }

  #profile(value: unknown): string | readonly string[] {
    const profiles = this.#list(value, '/profile', policyLimits.rules).map((each) => this.#term(each, '/profile'));
    return Array.isArray(value) ? profiles : (profiles[0] ?? '');
  }

  #rule(value: unknown, pointer: string): OdrlRule {
    if (!isObject(value)) {
      this.#fault(pointer, 'SHAPE_INVALID', 'A rule is an object with an action.');
      return { action: '' };
    }
    const { action, constraint, duty, ...rest } = value;
    const constraints = this.#list(constraint, at(pointer, 'constraint'), policyLimits.constraints);
    const duties = this.#list(duty, at(pointer, 'duty'), policyLimits.rules);
    return {
      ...(rest as object),
      action: this.#term(action, at(pointer, 'action')),
      ...(constraints.length === 0
        ? {}
        : { constraint: this.#constraintsOf(constraints, at(pointer, 'constraint'), 1) }),
      ...(duties.length === 0
        ? {}
        : { duty: duties.map((each, index): OdrlDuty => this.#rule(each, at(at(pointer, 'duty'), index))) }),
    };
  }

  #constraintsOf(values: readonly unknown[], pointer: string, depth: number): OdrlConstraint[] {
    return values.map((value, index) => this.#constraint(value, at(pointer, index), depth));
  }

  #constraint(value: unknown, pointer: string, depth: number): OdrlConstraint {
    this.#constraints += 1;
    if (this.#constraints > policyLimits.constraints || depth > policyLimits.depth) {
      // Told once: whoever sends a thousand of them need not read a thousand lines.
      if (!this.faults.some(({ code }) => code === 'TOO_LARGE'))
        this.#fault(
          pointer,
          'TOO_LARGE',
          `A policy has at most ${policyLimits.constraints} constraints, ${policyLimits.depth} deep.`,
        );
      return { and: [] };
    }
    if (!isObject(value)) {
      this.#fault(pointer, 'SHAPE_INVALID', 'A constraint is an object.');
      return { and: [] };
    }
    const used = connectives.filter((connective) => value[connective] !== undefined);
    const [connective] = used;
    if (connective === undefined) return this.#test(value, pointer);
    if (used.length > 1 || 'leftOperand' in value) {
      this.#fault(pointer, 'SHAPE_INVALID', 'A constraint compares, or has exactly one of and, or, xone, andSequence.');
    }
    const inner = at(pointer, connective);
    const parts = this.#list(value[connective], inner, policyLimits.constraints);
    return { ...(value as object), [connective]: this.#constraintsOf(parts, inner, depth + 1) };
  }

  #test(value: Json, pointer: string): OdrlConstraint {
    const { leftOperand, operator, rightOperand } = value;
    const right = this.#right(rightOperand, at(pointer, 'rightOperand'));
    return {
      ...(value as object),
      leftOperand: this.#term(leftOperand, at(pointer, 'leftOperand')),
      operator: this.#term(operator, at(pointer, 'operator')),
      rightOperand: right,
    };
  }

  #right(value: unknown, pointer: string): JsonValue {
    const listed = Array.isArray(value) && value.length <= policyLimits.listed;
    if (typeof value === 'string' || isObject(value) || listed) return value as JsonValue;
    this.#fault(
      pointer,
      'SHAPE_INVALID',
      `A right operand is a text ("5", not 5), an object, or a list of at most ${policyLimits.listed}.`,
    );
    return '';
  }

  #term(value: unknown, pointer: string): string {
    const term = isObject(value) && Object.keys(value).length === 1 ? value['@id'] : value;
    if (typeof term === 'string' && term !== '' && term.length <= policyLimits.text) return term;
    this.#fault(pointer, 'SHAPE_INVALID', 'Here stands a term, as a text.');
    return '';
  }

  #list(value: unknown, pointer: string, limit: number): readonly unknown[] {
    if (value === undefined) return [];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.length <= limit) return list;
    this.#fault(pointer, 'TOO_LARGE', `There are ${list.length} here, at most ${limit} are read.`);
    return [];
  }

  #fault(pointer: string, code: PolicyFaultCode, detail: string): void {
    this.faults.push({ pointer, code, detail });
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

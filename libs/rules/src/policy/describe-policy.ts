import type { LocalizedText } from '@hetao/kernel';
import { compilePolicy } from './compile.js';
import type { CompiledRule, RuleKind } from './compiled.js';
import { textOfRule } from './explain.js';
import type { OdrlPolicy } from './odrl.js';

/** One clause of a policy as people read it, with the place in the ODRL it was written from. */
export interface PolicyClause {
  readonly pointer: string;
  readonly kind: RuleKind;
  readonly text: LocalizedText;
}

/** A policy in plain language, clause by clause: never anything but its ODRL, said in words. */
export function describePolicy(policy: OdrlPolicy): readonly PolicyClause[] {
  const { permissions, prohibitions, obligations } = compilePolicy(policy);
  return [...permissions, ...prohibitions, ...obligations].flatMap(clausesOf);
}

function clausesOf(rule: CompiledRule): readonly PolicyClause[] {
  const { pointer, kind, duties } = rule;
  return [{ pointer, kind, text: textOfRule(rule) }, ...duties.flatMap(clausesOf)];
}

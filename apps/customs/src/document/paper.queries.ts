import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Language, type Result } from '@hetao/kernel';
import type { PrintDocument } from '@hetao/documents';
import { documentHash } from '@hetao/proofs';
import type { Declaration } from '../declaration/declaration.js';
import { DeclarationQueries } from '../declaration/declaration.queries.js';
import { ExplainDeclaration } from '../declaration/explain-declaration.queries.js';
import type { Reader } from '../shared/reader.js';
import { declarationPaper } from './declaration.paper.js';
import { tongue } from './finding.paper.js';
import { paperKinds, papersOf, type PaperKind } from './paper-kinds.js';
import { paperErrors } from './paper.errors.js';

/** A paper and the hash of what it says, which is the same in every format. */
export interface MadePaper {
  readonly kind: PaperKind;
  readonly document: PrintDocument;
  readonly contentSha256: string;
}

/** Makes the papers of a declaration out of its data. */
@Injectable()
export class PaperQueries {
  readonly #declarations: DeclarationQueries;
  readonly #explain: ExplainDeclaration;

  constructor(declarations: DeclarationQueries, explain: ExplainDeclaration) {
    this.#declarations = declarations;
    this.#explain = explain;
  }

  /** All papers the declaration has a use for. */
  async all(id: string, language: Language, reader: Reader): Promise<Result<readonly MadePaper[], DomainError>> {
    const found = await this.#declarations.get(id, reader);
    return found.ok ? this.#make(found.value, papersOf(found.value), language) : found;
  }

  async one(id: string, name: string, language: Language, reader: Reader): Promise<Result<MadePaper, DomainError>> {
    const found = await this.#declarations.get(id, reader);
    if (!found.ok) return found;
    const kind = paperKinds.find((each) => each === name);
    if (kind === undefined) return err(paperErrors.PAPER_UNKNOWN(`There is no paper "${name}".`));
    const useful = papersOf(found.value);
    if (!useful.includes(kind)) return err(notApplicable(kind, found.value, useful));
    const made = await this.#make(found.value, [kind], language);
    if (!made.ok) return made;
    const [paper] = made.value;
    return paper === undefined ? err(paperErrors.PAPER_UNKNOWN(`There is no paper "${name}".`)) : ok(paper);
  }

  async #make(
    declaration: Declaration,
    kinds: readonly PaperKind[],
    language: Language,
  ): Promise<Result<readonly MadePaper[], DomainError>> {
    const answered = await this.#explain.explain(declaration);
    if (!answered.ok) return answered;
    const subject = { declaration, answered: answered.value, speak: tongue(language) };
    return ok(
      kinds.map((kind) => {
        const document = declarationPaper(kind, subject);
        return { kind, document, contentSha256: documentHash(document) };
      }),
    );
  }
}

function notApplicable(kind: PaperKind, { id, finding }: Declaration, useful: readonly PaperKind[]): DomainError {
  const cited = finding.citations.map((citation) => citation.id).join(', ');
  const why = `Declaration ${id} has the pathway ${finding.pathway} (${finding.rule ?? 'no rule yet'}: ${cited}).`;
  return paperErrors.PAPER_NOT_APPLICABLE(`${kind}: ${why} There are: ${useful.join(', ')}.`);
}

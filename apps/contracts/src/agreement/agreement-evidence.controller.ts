import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { renderPdf } from '@hetao/documents';
import { unwrap } from '@hetao/kernel';
import type { AgreementBundle } from '@hetao/proofs';
import { Allow, Caller, everyone, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import {
  agreementDryRunDto,
  decisionDto,
  toDecisionDto,
  type AgreementDryRunDto,
  type DecisionDto,
} from '../policy/dry-run.dto.js';
import { TryPolicy } from '../policy/dry-run.use-cases.js';
import {
  bundleDto,
  keySignatureDto,
  keySignDto,
  toKeySignatureDto,
  type KeySignatureDto,
  type KeySignDto,
} from './agreement-evidence.dto.js';
import { AgreementEvidenceQueries } from './agreement-evidence.queries.js';
import { printedAgreement } from './agreement.print.js';
import { readAgreementDocument } from './agreement-reading.js';
import { SignWithKey } from './key-signature.use-cases.js';

/** What proves an agreement: signatures with the parties' own keys, the bundle to check them by, the print. */
@ApiTags('agreements')
@Controller('v1/agreements')
export class AgreementEvidenceController {
  readonly #sign: SignWithKey;
  readonly #evidence: AgreementEvidenceQueries;
  readonly #policies: TryPolicy;

  constructor(sign: SignWithKey, evidence: AgreementEvidenceQueries, policies: TryPolicy) {
    this.#sign = sign;
    this.#evidence = evidence;
    this.#policies = policies;
  }

  /** Signs with a key of the caller's organisation; the consent that POST …/sign records is part of it. */
  @Post(':id/signatures')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: keySignatureDto })
  async signAgreementWithKey(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: keySignDto }) { jws }: KeySignDto,
    @Caller() caller: CallerIdentity,
  ): Promise<KeySignatureDto> {
    return toKeySignatureDto(unwrap(await this.#sign.execute(id, jws, caller)));
  }

  /** Everything it takes to check the agreement offline: `node tools/agreement.mjs verify`. */
  @Get(':id/bundle')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: bundleDto })
  async getAgreementBundle(
    @Param('id', idParam('agr')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementBundle> {
    return unwrap(await this.#evidence.bundle(id, caller));
  }

  /** The agreement as PDF in three languages, the prevailing one first; in the same state the same file, byte for byte. */
  @Get(':id/pdf')
  @Allow(...everyone)
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async printAgreement(
    @Param('id', idParam('agr')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    const file = await renderPdf(printedAgreement(unwrap(await this.#evidence.get(id, caller))));
    return new StreamableFile(file, { type: 'application/pdf', disposition: `inline; filename="${id}.pdf"` });
  }

  /** What the agreed policy says to a use, clause by clause. */
  @Post(':id/dry-run')
  @HttpCode(200)
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: decisionDto })
  async dryRunAgreement(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: agreementDryRunDto }) { use }: AgreementDryRunDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DecisionDto> {
    const { document, consents } = unwrap(await this.#evidence.get(id, caller));
    const agreedAt = consents.at(-1)?.signedAt.toISOString();
    const facts = agreedAt === undefined ? use : { agreed_at: agreedAt, ...use };
    return toDecisionDto(this.#policies.decide(readAgreementDocument(document).odrl, facts));
  }
}

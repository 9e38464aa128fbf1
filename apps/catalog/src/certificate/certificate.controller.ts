import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Public } from '@hetao/runtime';
import { certificateDto, certificateNumber, type CertificateDto } from './certificate.dto.js';
import { CertificateQueries } from './certificate.queries.js';

/** Certificates of participants and listings, verified by anybody who was shown one. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class CertificateController {
  readonly #certificates: CertificateQueries;

  constructor(certificates: CertificateQueries) {
    this.#certificates = certificates;
  }

  @Get(':number')
  @Public()
  @ApiOkResponse({ standardSchema: certificateDto })
  async verifyCertificate(@Param('number', { schema: certificateNumber }) number: string): Promise<CertificateDto> {
    return unwrap(await this.#certificates.get(number));
  }
}

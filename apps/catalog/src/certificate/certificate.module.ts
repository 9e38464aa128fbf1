import { Module } from '@nestjs/common';
import { CertificateController } from './certificate.controller.js';
import { CertificateQueries } from './certificate.queries.js';
import { CertificateRepository } from './certificate.repository.js';

@Module({
  controllers: [CertificateController],
  providers: [CertificateRepository, CertificateQueries],
  exports: [CertificateRepository],
})
export class CertificateModule {}

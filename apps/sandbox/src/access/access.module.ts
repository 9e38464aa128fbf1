import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { EnclaveRepository } from '../enclave/enclave.repository.js';
import { ComputeAccess } from './compute.access.js';
import { LicenceRepository } from './licence.repository.js';
import { LicenceSubscriber } from './licence.subscriber.js';

@Module({
  imports: [ClearanceModule],
  controllers: [LicenceSubscriber],
  providers: [ComputeAccess, LicenceRepository, EnclaveRepository],
  exports: [ComputeAccess, LicenceRepository, EnclaveRepository],
})
export class AccessModule {}

import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { IsolationModule } from '../isolation/isolation.module.js';
import { AdmissionController } from './admission.controller.js';
import { AdmissionRunner } from './admission.runner.js';
import { AdmitDataset } from './admit-dataset.use-cases.js';
import { EnclaveController } from './enclave.controller.js';
import { EnclaveStore } from './enclave.store.js';
import { Enclaves } from './enclave.use-cases.js';

@Module({
  imports: [AccessModule, IsolationModule],
  controllers: [EnclaveController, AdmissionController],
  providers: [Enclaves, AdmitDataset, AdmissionRunner, EnclaveStore],
  exports: [EnclaveStore, Enclaves],
})
export class EnclaveModule {}

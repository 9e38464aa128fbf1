import { Module } from '@nestjs/common';
import { AgreementModule } from '../../agreement/agreement.module.js';
import { ConformanceModule } from '../conformance/conformance.module.js';
import { ScriptedTransfers } from '../conformance/scripted-transfers.js';
import { OutboundModule } from '../outbound/outbound.module.js';
import { AgreementTransfers } from './agreement-transfers.js';
import { OrderTransfer, RequestTransfer } from './order-transfer.use-cases.js';
import { PeopleTransferController } from './people-transfer.controller.js';
import { PushSender } from './push.sender.js';
import { ReceiveTransferMessage, ReceiveTransferRequest } from './receive-transfer.use-cases.js';
import { TransferAddresses } from './transfer-addresses.js';
import { TransferAgreementRepository } from './transfer-agreements.repository.js';
import { TransferConduct } from './transfer-conduct.js';
import { TransferReactions } from './transfer-reactions.js';
import { TransferRecords } from './transfer-records.js';
import { TransferRequests } from './transfer-requests.js';
import { TransferTokenController } from './transfer-token.controller.js';
import { TransferTokenQueries } from './transfer-tokens.queries.js';
import { TransferController } from './transfer.controller.js';
import { TransferQueries } from './transfer.queries.js';
import { TransferRepository } from './transfer.repository.js';

@Module({
  imports: [AgreementModule, OutboundModule, ConformanceModule],
  controllers: [TransferController, PeopleTransferController, TransferTokenController],
  providers: [
    TransferRepository,
    TransferAgreementRepository,
    TransferAddresses,
    TransferRecords,
    TransferConduct,
    { provide: TransferReactions, useClass: ScriptedTransfers },
    TransferRequests,
    ReceiveTransferRequest,
    ReceiveTransferMessage,
    RequestTransfer,
    OrderTransfer,
    AgreementTransfers,
    PushSender,
    TransferTokenQueries,
    TransferQueries,
  ],
  exports: [RequestTransfer],
})
export class TransferModule {}

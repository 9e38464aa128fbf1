import { Module } from '@nestjs/common';
import { ReceiptWriter } from './receipt.writer.js';

@Module({ providers: [ReceiptWriter], exports: [ReceiptWriter] })
export class ReceiptModule {}

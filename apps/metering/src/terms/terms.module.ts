import { Module } from '@nestjs/common';
import { TermsRepository } from './terms.repository.js';
import { TermsSubscriber } from './terms.subscriber.js';

@Module({ controllers: [TermsSubscriber], providers: [TermsRepository], exports: [TermsRepository] })
export class TermsModule {}

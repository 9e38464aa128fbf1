import { Module } from '@nestjs/common';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { PolicyQueryController } from './policy-query.controller.js';
import { PolicyQueryRepository } from './policy-query.repository.js';
import { AnswerPolicyQuery } from './policy-query.use-cases.js';

@Module({
  imports: [RuleSetModule],
  controllers: [PolicyQueryController],
  providers: [AnswerPolicyQuery, PolicyQueryRepository],
  exports: [AnswerPolicyQuery],
})
export class PolicyQueryModule {}

import { Module } from '@nestjs/common';
import { IsolationController } from './isolation.controller.js';
import { IsolationLadder } from './isolation.ladder.js';

@Module({ controllers: [IsolationController], providers: [IsolationLadder], exports: [IsolationLadder] })
export class IsolationModule {}

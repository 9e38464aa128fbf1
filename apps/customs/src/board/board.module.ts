import { Module } from '@nestjs/common';
import { BoardController } from './board.controller.js';
import { BoardQueries } from './board.queries.js';

@Module({ controllers: [BoardController], providers: [BoardQueries] })
export class BoardModule {}

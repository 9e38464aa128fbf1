import { Module } from '@nestjs/common';
import { CommentRepository } from './comment.repository.js';

@Module({ providers: [CommentRepository], exports: [CommentRepository] })
export class CommentModule {}

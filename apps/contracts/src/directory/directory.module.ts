import { Module } from '@nestjs/common';
import { DirectoryRepository } from './directory.repository.js';
import { DirectorySubscriber } from './directory.subscriber.js';

@Module({ controllers: [DirectorySubscriber], providers: [DirectoryRepository], exports: [DirectoryRepository] })
export class DirectoryModule {}

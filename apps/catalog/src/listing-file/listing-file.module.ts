import { Module } from '@nestjs/common';
import { ProductModule } from '../product/product.module.js';
import { ListingFileController } from './listing-file.controller.js';
import { ListingFiles } from './listing-file.use-cases.js';

@Module({ imports: [ProductModule], controllers: [ListingFileController], providers: [ListingFiles] })
export class ListingFileModule {}

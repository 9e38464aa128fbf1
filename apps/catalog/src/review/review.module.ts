import { Module } from '@nestjs/common';
import { ListingFacts } from './listing-facts.repository.js';

@Module({ providers: [ListingFacts], exports: [ListingFacts] })
export class ReviewModule {}

import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'settlement_periods' })
export class SettlementPeriodRow {
  @PrimaryColumn('text')
  period!: string;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;

  @Column('integer', { name: 'agreements_expected', nullable: true })
  agreementsExpected!: number | null;

  @Column('timestamptz', { name: 'usage_completed_at', nullable: true })
  usageCompletedAt!: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('text', { name: 'closed_by', nullable: true })
  closedBy!: string | null;
}

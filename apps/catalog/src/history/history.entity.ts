import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One change of a participant or a product; only ever inserted. */
@Entity({ name: 'history' })
export class HistoryRow {
  @PrimaryColumn({ name: 'aggregate_id', type: 'text' })
  aggregateId!: string;

  @PrimaryColumn({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  command!: string;

  @Column({ name: 'status_from', type: 'text', nullable: true })
  statusFrom!: string | null;

  @Column({ name: 'status_to', type: 'text' })
  statusTo!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'by_subject', type: 'text' })
  bySubject!: string;

  @Column({ name: 'by_organisation', type: 'text' })
  byOrganisation!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}

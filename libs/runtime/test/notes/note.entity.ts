import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'notes' })
export class NoteRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') organisation_id!: string;
  @Column('text') text!: string;
  @Column('int') version!: number;
  @Column('timestamptz') written_at!: Date;
}

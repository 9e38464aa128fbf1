import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { type Database, UnitOfWork } from '@hetao/persistence';
import {
  afterCursor,
  Allow,
  assertVersion,
  Caller,
  cursorPage,
  cursorQuery,
  DATABASE,
  etagOf,
  everyone,
  Idempotent,
  idParam,
  idSchema,
  IfMatch,
  moneyDto,
  pageOf,
  Public,
  Repeatable,
  Scope,
  type CallerIdentity,
  type Page,
} from '../../src/index.js';
import { requestGate } from './gates.js';
import { NoteRow } from './note.entity.js';
import { SealNote } from './seal-note.js';
import { noteErrors, WriteNote } from './write-note.js';

const newNote = z
  .strictObject({ text: z.string().min(1).max(100), price: moneyDto.optional(), tags: z.array(z.string()).default([]) })
  .meta({ id: 'NewNote' });
const noteDto = z
  .object({ id: idSchema('nte'), text: z.string(), organisation_id: z.string().nullable(), version: z.int() })
  .meta({ id: 'Note' });
type NoteDto = z.output<typeof noteDto>;
const noteQuery = cursorQuery.extend({ contains: z.string().max(50).optional() });

@Controller('v1/notes')
export class NoteController {
  readonly #write: WriteNote;
  readonly #seal: SealNote;
  readonly #uow: UnitOfWork;
  readonly #database: Database;

  constructor(write: WriteNote, seal: SealNote, uow: UnitOfWork, @Inject(DATABASE) database: Database) {
    this.#write = write;
    this.#seal = seal;
    this.#uow = uow;
    this.#database = database;
  }

  @Post()
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: noteDto })
  async writeNote(
    @Body({ schema: newNote }) body: z.output<typeof newNote>,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoteDto> {
    const note = unwrap(await this.#write.execute(body.text, caller.organisationId));
    await requestGate.pass();
    void reply.header('location', `/v1/notes/${note.id}`).header('etag', etagOf(note.version));
    return toDto(note);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: pageOf(noteDto).meta({ id: 'NotePage' }) })
  async listNotes(@Query({ schema: noteQuery }) query: z.output<typeof noteQuery>): Promise<Page<NoteDto>> {
    const filter = { contains: query.contains };
    const [lastId = ''] = afterCursor(query.cursor, filter) ?? [];
    const rows = await this.#database.dataSource
      .getRepository(NoteRow)
      .createQueryBuilder('note')
      .where('note.id > :lastId AND note.text LIKE :like', { lastId, like: `%${query.contains ?? ''}%` })
      .orderBy('note.id')
      .limit(query.limit + 1)
      .getMany();
    const page = cursorPage(rows, query.limit, (row) => [row.id], filter);
    return { ...page, data: page.data.map(toDto) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: noteDto })
  async getNote(@Param('id', idParam('nte')) id: string): Promise<NoteDto> {
    const row = await this.#database.dataSource.getRepository(NoteRow).findOneBy({ id });
    if (row === null) throw new DomainException(noteErrors.NOTE_NOT_FOUND(`There is no note ${id}.`));
    return toDto(row);
  }

  @Put(':id')
  @Allow('merchant')
  async rewriteNote(
    @Param('id', idParam('nte')) id: string,
    @Body({ schema: newNote }) body: z.output<typeof newNote>,
    @IfMatch() expected: number,
  ): Promise<NoteDto> {
    return this.#uow.run(async (tx) => {
      const row = await tx.manager.findOneByOrFail(NoteRow, { id });
      assertVersion(expected, row.version);
      return toDto(await tx.manager.save(NoteRow, { ...row, text: body.text, version: row.version + 1 }));
    });
  }

  @Post(':id/seal')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: noteDto })
  async sealNote(@Param('id', idParam('nte')) id: string): Promise<NoteDto> {
    return toDto(unwrap(await this.#seal.execute(id)));
  }

  @Post('import')
  @HttpCode(200)
  @Allow('operator', 'system')
  @Scope('notes:import')
  importNotes(@Body() xml: string): { length: number } {
    return { length: xml.length };
  }

  @Get('open/greeting')
  @Public()
  greetNotes(): { hello: string } {
    return { hello: 'everybody' };
  }

  @Get('broken/process')
  @Public()
  crashNotes(): string {
    setImmediate(() => {
      throw new Error('This is caught by nobody.');
    });
    return 'soon';
  }

  @Get('broken/secret')
  @Public()
  breakNotes(): never {
    throw new Error('password=hunter2 leaked by SELECT * FROM users');
  }
}

function toDto(row: NoteRow): NoteDto {
  return { id: row.id, text: row.text, organisation_id: row.organisation_id, version: row.version };
}

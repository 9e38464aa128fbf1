import { DownloadOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../app/toast.js';
import { csvOf } from './csv.js';
import { ProblemAlert } from './problem-alert.js';
import { saveFile } from './save-file.js';
import { rowsOf, type CursorList, type CursorPage } from './use-cursor-list.js';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the file has in this column; a column without it is not in the file. */
  readonly text?: (row: Row) => string;
  /** Figures stand under figures. */
  readonly figure?: boolean;
}

interface DataListProps<Row> {
  /** What the list holds, for those who hear it. */
  readonly label: string;
  readonly list: CursorList<CursorPage<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** What is said, and offered, where there is nothing. */
  readonly empty: ReactNode;
  /** Name of the file without its ending; without one there is no file. */
  readonly file?: string;
}

/** Rows of one file; whoever needs more takes the export of the API. */
const MOST_ROWS = 5_000;

/**
 * A list of the exchange: cursor pages, a file for spreadsheets, rows as cards on a narrow screen. The first column
 * names the row and holds its link. Filters stand above it (see Filters), their values in the address.
 */
export function DataList<Row>({ label, list, columns, rowKey, empty, file }: DataListProps<Row>) {
  const { t } = useTranslation();
  const rows = rowsOf(list);
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  if (list.isError && rows.length === 0) {
    return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (rows.length === 0) return empty;
  return (
    <div className="data-list">
      <section className="scroll" tabIndex={0} aria-label={label}>
        <Rows label={label} rows={rows} columns={columns} rowKey={rowKey} />
      </section>
      {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
      <div className="data-list-foot">
        <span className="muted" role="status">
          {list.hasNextPage ? t('kit.shownOfMore', { count: rows.length }) : t('kit.shownAll', { count: rows.length })}
        </span>
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('kit.more')}
          </Button>
        )}
        {file !== undefined && <CsvButton list={list} columns={columns} file={file} />}
      </div>
    </div>
  );
}

/** The table itself, for lists that come whole. */
export function Rows<Row>({
  label,
  rows,
  columns,
  rowKey,
}: Pick<DataListProps<Row>, 'label' | 'columns' | 'rowKey'> & { readonly rows: readonly Row[] }) {
  return (
    <table className="rows">
      <caption className="hidden">{label}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={column.figure ? 'figure-cell' : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column, index) => {
              const className = column.figure ? 'figure-cell' : undefined;
              return index === 0 ? (
                <th key={column.key} scope="row" className={className}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} data-label={column.title} className={className}>
                  {column.cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CsvButton<Row>({
  list,
  columns,
  file,
}: {
  readonly list: CursorList<CursorPage<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly file: string;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const written = columns.filter((column) => column.text !== undefined);
  const save = async () => {
    setBusy(true);
    try {
      let latest = list;
      while (latest.hasNextPage && rowsOf(latest).length < MOST_ROWS) {
        const next = await latest.fetchNextPage();
        if (next.isError) throw next.error;
        latest = next;
      }
      const rows = rowsOf(latest).slice(0, MOST_ROWS);
      const head = written.map((column) => column.title);
      const body = rows.map((row) => written.map((column) => column.text?.(row) ?? ''));
      saveFile(`${file}.csv`, 'text/csv;charset=utf-8', csvOf(head, body));
      say(t('kit.saved', { count: rows.length }));
    } catch {
      say(t('kit.notSaved'), 'bad');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="text" icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={() => void save()}>
      {t('kit.csv')}
    </Button>
  );
}

import { messageOf, UserError } from '../src/core/errors.js';
import type { Json } from '../src/core/json.js';
import { recordFiles } from './read.js';
import { viewsOver } from './views.js';

/** NOTE: named at run time, for DuckDB is 70 MB that most users of this package never need. */
const PACKAGE = '@duckdb/node-api';

/**
 * NOTE: a thread more is a pair of buffers more and what is parsed of one, a quarter of a gigabyte where records are full
 * of tokens; and nothing is fetched behind the user's back.
 */
const SETTINGS = { threads: '2', autoinstall_known_extensions: 'false' };

/** What is used of DuckDB's client. SEE: duckdb.org/docs/current/clients/node_neo/overview. */
interface Client {
  readonly DuckDBInstance: {
    create(path: string, options: { readonly [name: string]: string }): Promise<Instance>;
  };
}
interface Instance {
  connect(): Promise<Connection>;
  closeSync(): void;
}
interface Connection {
  run(sql: string): Promise<unknown>;
  stream(sql: string): Promise<Result>;
  closeSync(): void;
}
interface Result {
  deduplicatedColumnNames(): string[];
  columnTypeId(column: number): number;
  yieldRowsJson(): AsyncIterable<Json[][]>;
}

/** Answers of a query, read as they are needed. */
export interface Answers {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Json[]>;
  close(): void;
}

/**
 * Asks records with SQL. Beside the tables of DuckDB itself there are the views `episodes`, `seats`, `steps` and `calls`
 * over all records of the paths. The files are read in place, never changed, in at most so much memory as `memory`
 * says; what does not fit waits on disk.
 * @param memory as DuckDB writes sizes: `1GB`
 * @throws UserError without the package, without records, or with what DuckDB says of the SQL
 */
export async function query(sql: string, paths: readonly string[], memory = '1GB'): Promise<Answers> {
  const files = paths.flatMap(recordFiles);
  const { DuckDBInstance } = await client();
  const instance = await DuckDBInstance.create(':memory:', { ...SETTINGS, memory_limit: memory });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    for (const view of viewsOver(files)) await connection.run(view);
    const result = await connection.stream(sql);
    return { columns: result.deduplicatedColumnNames(), rows: rowsOf(result), close };
  } catch (error) {
    close();
    throw complaint(error);
  }
}

/** DuckDB's whole numbers of 64 and 128 bits, which its client writes as text. SEE: duckdb.h, duckdb_type. */
const LONG = [5, 9, 16, 32];

async function* rowsOf(result: Result): AsyncGenerator<readonly Json[]> {
  const long = result.deduplicatedColumnNames().map((_, column) => LONG.includes(result.columnTypeId(column)));
  const plain = (cell: Json, column: number) => (long[column] === true ? numberOf(cell) : cell);
  try {
    for await (const chunk of result.yieldRowsJson()) yield* chunk.map((row) => row.map(plain));
  } catch (error) {
    throw complaint(error);
  }
}

/** A number where it is one exactly; else the text. */
function numberOf(cell: Json): Json {
  return cell !== null && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
}

async function client(): Promise<Client> {
  try {
    return (await import(PACKAGE)) as Client;
  } catch (error) {
    throw new UserError(`queries need DuckDB, which is not installed here: npm install ${PACKAGE}`, { cause: error });
  }
}

/** NOTE: DuckDB's own words name the place in the SQL and the nearest columns; a stack of ours would add nothing. */
function complaint(error: unknown): UserError {
  const said = messageOf(error).trim();
  return new UserError(
    `DuckDB refuses the query: ${said}\nThe views are episodes, seats, steps and calls; "describe episodes" lists columns.`,
    { cause: error },
  );
}

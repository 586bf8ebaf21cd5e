import type { SchemaElement } from 'hyparquet';
import { type BasicType, fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Json, JsonObject } from '../src/core/json.js';
import type { Encoding, RowSink } from './encoding.js';

/** The type of a column or a field of it. Every value may be null. A record is a struct, fields in its order. */
export type Shape = 'string' | 'boolean' | 'int64' | 'double' | { readonly list: Shape } | { readonly struct: Columns };
export type Columns = { readonly [name: string]: Shape };

/** Rows held before they are written as a group. */
const GROUP = 1000;
/** NOTE: a row of long prompts can be a megabyte by itself, so that counting rows alone would not bound memory. */
const GROUP_CHARS = 16 << 20;

/**
 * Parquet with types stated, never guessed from what the first rows happen to hold. Rows are objects with these columns
 * and no others.
 * SEE: github.com/apache/parquet-format, LogicalTypes.md, "Lists": three levels, the outer one named by its column.
 */
export function parquet(columns: Columns): Encoding {
  return { ending: '.parquet', open: (file) => new ParquetSink(file, columns) };
}

class ParquetSink implements RowSink {
  readonly #columns: Columns;
  readonly #writer: ParquetWriter;
  #rows: JsonObject[] = [];
  #chars = 0;

  constructor(file: string, columns: Columns) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({
      writer: fileWriter(file),
      schema: schemaOf(columns),
      createdBy: 'ludus',
      // NOTE: least and greatest prompt help no trainer's filter.
      statistics: false,
    });
  }

  put(row: JsonObject): void {
    const stray = Object.keys(row).find((name) => !Object.hasOwn(this.#columns, name));
    if (stray !== undefined) throw new Error(`the row has a column "${stray}" that its Parquet does not declare`);
    this.#rows.push(row);
    this.#chars += charsOf(row);
    if (this.#rows.length === GROUP || this.#chars >= GROUP_CHARS) this.#flush();
  }

  close(): void {
    this.#flush();
    this.#writer.finish();
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    const columnData = Object.entries(this.#columns).map(([name, shape]) => ({
      name,
      data: this.#rows.map((row) => valueAs(shape, row[name] ?? null)),
    }));
    this.#writer.write({ columnData, rowGroupSize: this.#rows.length });
    this.#rows = [];
    this.#chars = 0;
  }
}

/** How many characters the texts of a row have. */
function charsOf(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const inner of Object.values(value)) sum += charsOf(inner);
  return sum;
}

/** The elements of a Parquet schema, depth first as the format lists them. */
export function schemaOf(columns: Columns): SchemaElement[] {
  const inner = Object.entries(columns).flatMap(([name, shape]) => elementsOf(name, shape));
  return [{ name: 'root', num_children: Object.keys(columns).length }, ...inner];
}

const LEAVES: { readonly [shape: string]: Partial<SchemaElement> & { readonly type: BasicType } } = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
};

function elementsOf(name: string, shape: Shape): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (typeof shape === 'string') return [{ ...optional, ...LEAVES[shape] } as SchemaElement];
  if ('struct' in shape) {
    const inner = Object.entries(shape.struct).flatMap(([field, of]) => elementsOf(field, of));
    return [{ ...optional, num_children: Object.keys(shape.struct).length }, ...inner];
  }
  const repeated = { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const;
  return [{ ...optional, num_children: 1, converted_type: 'LIST' }, repeated, ...elementsOf('element', shape.list)];
}

/** A value as the writer takes it: whole numbers of 64 bits as bigints. */
function valueAs(shape: Shape, value: Json): unknown {
  if (value === null) return null;
  if (shape === 'int64') return BigInt(value as number);
  if (typeof shape === 'string') return value;
  if ('list' in shape) return (value as readonly Json[]).map((item) => valueAs(shape.list, item));
  const fields = value as JsonObject;
  return Object.fromEntries(
    Object.entries(shape.struct).map(([field, of]) => [field, valueAs(of, fields[field] ?? null)]),
  );
}

/** Text that is HTML already. Everything else is escaped where it is set. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | null | Html | readonly Html[];

/** A template whose values are escaped unless they are HTML; null sets nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => part + set(values[index] ?? null)).join(''));
}

/** A table with a head; columns of figures stand to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  const figures = head.map((_, column) => rows.length > 0 && rows.every((row) => isFigure(row[column])));
  const cell = (tag: 'td' | 'th', value: string | Html, column: number): Html =>
    new Html(`<${tag}${figures[column] === true ? ' class="figure"' : ''}>${set(value)}</${tag}>`);
  const line = (tag: 'td' | 'th', cells: readonly (string | Html)[]): Html =>
    html`<tr>${cells.map((value, column) => cell(tag, value, column))}</tr>\n`;
  return html`<table>\n<thead>${line('th', head)}</thead>\n<tbody>${rows.map((row) => line('td', row))}</tbody>\n</table>\n`;
}

function set(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function isFigure(value: string | Html | undefined): boolean {
  return typeof value === 'string' && /^([+−-]?[\d.,]+( ?%)?|none|–|[+−-]?[\d∞.]+ to [+−-]?[\d∞.]+)?$/.test(value);
}

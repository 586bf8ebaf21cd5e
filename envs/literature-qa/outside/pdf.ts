import { messageOf, UserError } from '../../../src/core/errors.js';

/** What a PDF holds as words, and what it says of itself. */
export interface PdfText {
  readonly text: string;
  readonly title: string | null;
  readonly author: string | null;
}

type Pdf = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
type Page = Awaited<ReturnType<Awaited<ReturnType<Pdf['getDocument']>['promise']>['getPage']>>;

/**
 * The text of a PDF, page after page. Words cut at the end of a line are joined.
 * @param bytes handed over: they cannot be used afterwards
 * @throws UserError where the package for it is not installed; whatever the package throws on a file it cannot read
 */
export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
  const { getDocument } = await loaded();
  const task = getDocument({ data: bytes, isEvalSupported: false, disableFontFace: true, verbosity: 0 });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number++)
      pages.push(await textOf(await document.getPage(number)));
    const { info } = (await document.getMetadata()) as { info: { Title?: unknown; Author?: unknown } };
    const text = pages.join('\n').replace(/(\p{Ll})-\n(\p{Ll})/gu, '$1$2');
    return { text, title: said(info.Title), author: said(info.Author) };
  } finally {
    await task.destroy();
  }
}

async function textOf(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** NOTE: loaded when the first PDF is met, for it is large, and few need it. */
async function loaded(): Promise<Pdf> {
  try {
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } catch (thrown) {
    const code = (thrown as { code?: unknown } | null)?.code;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !messageOf(thrown).includes('pdfjs-dist')) throw thrown;
    throw new UserError('PDF files need the package pdfjs-dist, which is not installed: npm install pdfjs-dist');
  }
}

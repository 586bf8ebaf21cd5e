import { messageOf } from '../../../src/core/errors.js';
import { bad, good, type Read } from '../../../src/core/read.js';
import { kindOf, readLetters } from './iupac.js';
import { molecule, type Sequence } from './sequence.js';

const LINE = 60;

/** Sequences in FASTA. A word `circular` or `topology=circular` in the title makes a circle. */
export function readFasta(text: string): Read<Sequence[]> {
  const records = text.split(/^[ \t]*>/m);
  if ((records[0] as string).trim() !== '')
    return bad('unparsable', 'FASTA begins with a title line: ">name description"');
  const sequences: Sequence[] = [];
  for (const record of records.slice(1)) {
    const [title = '', ...lines] = record.split(/\r?\n/);
    const [, name = '', description = ''] = /^\s*(\S*)\s*(.*)$/.exec(title) as RegExpExecArray;
    try {
      const type = kindOf(lines.join(''));
      const sequence = readLetters(lines.join(''), type);
      if (sequence === '') return bad('unparsable', `${name}: the sequence is empty`);
      sequences.push(
        molecule(sequence, { name, description: described(description), type, circular: ROUND.test(description) }),
      );
    } catch (error) {
      return bad('unparsable', `${name}: ${messageOf(error)}`);
    }
  }
  return sequences.length === 0 ? bad('unparsable', 'there is no title line: ">name description"') : good(sequences);
}

const ROUND = /(^|\s)(topology=)?circular(\s|$)/i;

function described(title: string): string {
  return title.replace(ROUND, ' ').trim();
}

/** Sequences as FASTA, 60 letters a line. Features and overhangs are not part of the format. */
export function writeFasta(sequences: readonly Sequence[]): string {
  return sequences.map(record).join('');
}

function record({ name, description, circular, sequence }: Sequence): string {
  const title = [name.replace(/\s+/g, '_'), description, ...(circular ? ['circular'] : [])]
    .filter((part) => part !== '')
    .join(' ');
  return `>${title}\n${sequence.replace(new RegExp(`.{1,${LINE}}`, 'g'), '$&\n')}`;
}

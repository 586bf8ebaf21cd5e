/**
 * Reads the embedded questions and what tools quote from papers, by their words alone. It shares nothing with what makes
 * them, so that each checks the other.
 */

/** What a question asks: the patterns of its kind, its subject, and the species and strain it is about. */
export interface Question {
  readonly kind: Kind;
  readonly subject: string;
  readonly species: string;
  readonly strain: string;
}

/** Patterns in which `@` stands for what a finding is of; what was found is the group. */
interface Kind {
  readonly asks: RegExp;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    asks: /is the receptor of (.+) chiefly found/,
    first: [
      '@ bound the receptor (.+) and no',
      'receptor of @ proved to be (.+)',
      'without (.+) no longer responded to @,',
    ],
    second: [
      '@ was found chiefly in the (.+)',
      'Most of the @ in the body lay in the (.+)',
      'for @ was strongest in the (.+)',
    ],
  },
  {
    asks: /breaks down (.+) work best/,
    first: [
      '@ was broken down by the enzyme (.+)',
      'that broke down @ was (.+)',
      'Extracts without (.+) left @ whole;.+',
    ],
    second: ['@ worked best at (.+)', 'rate of @ peaked at (.+)', '@ was fastest in the one at (.+)'],
  },
  {
    asks: /factor that switches on (.+) is deleted/,
    first: [
      '@ was switched on by the factor (.+)',
      'that switched on @ was (.+)',
      'Without (.+) there was no transcript of @,.+',
    ],
    second: ['Deleting @ lowered growth by (.+)', 'Growth without @ was (.+) below', 'Lines free of @ grew (.+) less'],
  },
  {
    asks: /carrier that brings (.+) to /,
    first: ['@ was carried to the animals by (.+)', 'carrier of @ was (.+)', 'kept away from (.+) stayed free of @;.+'],
    second: ['@ spent the winter on (.+)', '@ was met on (.+) alone', 'wintering @ were taken from (.+)'],
  },
  {
    asks: /channel through which (.+) excites/,
    first: [
      '@ excited the nerves through the channel (.+)',
      'channel opened by @ was (.+)',
      'Nerves without (.+) stayed silent under @;.+',
    ],
    second: ['^(?!Of the)(.+) blocked @', 'screened, (.+) alone blocked @', 'Current through @ stopped under (.+)'],
  },
  {
    asks: /partner of (.+) lie/,
    first: [
      '@ came down together with its partner (.+)',
      'partner of @ was (.+)',
      'Only (.+) stayed bound to @ after.+',
    ],
    second: ['gene for @ lies on (.+)', 'Markers of (.+) went with the gene for @', 'placed the gene for @ on (.+)'],
  },
  {
    asks: /symbiont that clears (.+) from/,
    first: ['@ was cleared by the symbiont (.+)', 'symbiont that cleared @ was (.+)', 'cured of (.+) kept their @;.+'],
    second: ['@ supplied its host with (.+)', 'Hosts with @ needed no (.+) in their food', 'that @ supplied was (.+)'],
  },
  {
    asks: /kinase that (.+) turns on in/,
    first: ['@ turned on the kinase (.+)', 'kinase turned on by @ was (.+)', 'With (.+) removed, @ had no effect;.+'],
    second: ['@ marked its target at (.+)', 'mark set by @ sat at (.+)', 'Only a change of (.+) kept @ from'],
  },
];

/** Null where the question is none of the embedded ones. */
export function readQuestion(text: string): Question | null {
  const where = /([A-Z]\p{L}+ \p{L}+) \(strain ([^)]+)\)/u.exec(text);
  for (const kind of KINDS) {
    const subject = kind.asks.exec(text)?.[1];
    const [, species, strain] = where ?? [];
    if (subject !== undefined && species !== undefined && strain !== undefined)
      return { kind, subject, species, strain };
  }
  return null;
}

/** The options of a question by letter. */
export function readOptions(text: string): { readonly [letter: string]: string } {
  return Object.fromEntries([...text.matchAll(/^([A-Z])\) (.+)$/gm)].map(([, letter, words]) => [letter, words]));
}

/** What is known of one paper from the evidence. */
interface Known {
  readonly title: string;
  readonly byline: string;
  readonly sentences: readonly string[];
}

/** The papers that texts of gather_evidence quote, with all that was quoted of each. */
export function readEvidence(texts: readonly string[]): Known[] {
  const papers = new Map<string, Known>();
  for (const block of texts.flatMap((text) => text.split(/\n(?=\[)/))) {
    const [head = '', ...lines] = block.split('\n');
    const [, title, byline] = /^\[\S+\] "(.+)" \((.+)\)$/.exec(head) ?? [];
    if (title === undefined || byline === undefined) continue;
    const sentences = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
    const before = papers.get(head)?.sentences ?? [];
    papers.set(head, { title, byline, sentences: [...before, ...sentences] });
  }
  return [...papers.values()];
}

/** What the papers settle about one step from a thing: the one finding that counts, or null where none does. */
export function settled(papers: readonly Known[], of: string, step: Step, question: Question): string | null {
  const patterns = patternsOf(of, step, question);
  const found = papers.flatMap((paper) => {
    if (!isStudy(paper, question) || !isSound(paper, question.strain)) return [];
    const claim = findingOf(paper, patterns);
    const notices = papers.filter(
      (other) => isNotice(other) && other.sentences.join(' ').includes(`(${paper.byline})`),
    );
    if (claim === null || notices.some(({ title }) => title.startsWith('Retraction'))) return [];
    return [notices.map((notice) => findingOf(notice, patterns)).find((right) => right !== null) ?? claim];
  });
  return new Set(found).size === 1 ? (found[0] as string) : null;
}

/** What the first paper says that says anything about a step, whatever it is worth. */
export function believed(papers: readonly Known[], of: string, step: Step, question: Question): string | null {
  const patterns = patternsOf(of, step, question);
  const claims = papers.filter((paper) => isStudy(paper, question)).map((paper) => findingOf(paper, patterns));
  return claims.find((claim) => claim !== null) ?? null;
}

type Step = 'first' | 'second';

function patternsOf(of: string, step: Step, { kind }: Question): RegExp[] {
  return kind[step].map((pattern) => new RegExp(pattern.replace('@', escaped(of)), 'i'));
}

function isStudy(paper: Known, { species }: Question): boolean {
  return !isNotice(paper) && paper.title.includes(species);
}

function isNotice({ title }: Known): boolean {
  return /^(Retraction|Erratum): /.test(title);
}

/** Whether it studied the strain, and its effect was significant. */
function isSound({ sentences }: Known, strain: string): boolean {
  const text = sentences.join(' ');
  return text.includes(`of the strain ${strain}.`) && /\(P (?:< 0\.001|= 0\.00\d)\)/.test(text);
}

function findingOf({ sentences }: Known, patterns: readonly RegExp[]): string | null {
  for (const sentence of sentences) {
    for (const pattern of patterns) {
      const found = pattern.exec(sentence.replace(/\.$/, ''))?.[1];
      if (found !== undefined) return found;
    }
  }
  return null;
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import { posix } from 'node:path';
import ts from 'typescript';

/** Source text by path, from the root of the repository, with `/` between folders. */
export type Sources = ReadonlyMap<string, string>;

/** The names under `dependencies` and `devDependencies` of a package.json. */
export interface Packages {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** A parsed source and what it imports: as written, and the path of the repository it means (null for a package). */
export interface Module {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly imports: readonly { readonly specifier: string; readonly target: string | null }[];
}

const FACE = 'src/index.ts';
const BELOW_POLICIES = ['src/core', 'replays', 'src/nn', 'src/llm'];
const BELOW_ARENA = [...BELOW_POLICIES, 'policies', 'agents'];
const BELOW_LEAVES = [...BELOW_ARENA, 'src/arena', 'src/laws'];

/**
 * What each layer may import besides itself. A leaf stands in no other layer's list, scripts aside; environments stand
 * in none of src/, for shared code names no item. bench/ and examples/ see the public face and nothing else of ours.
 */
const LAYERS: { readonly [layer: string]: readonly string[] } = {
  'src/core': [],
  envs: ['src/core'],
  replays: ['src/core'],
  'src/nn': ['src/core'],
  // NOTE: a model in a folder is a model as one behind a server is.
  'src/llm': ['src/core', 'src/nn'],
  policies: [...BELOW_POLICIES, 'envs'],
  agents: [...BELOW_POLICIES, 'envs', 'policies'],
  'src/arena': BELOW_ARENA,
  'src/laws': ['src/core', 'replays'],
  [FACE]: ['src/core', 'replays', 'src/nn', 'src/llm', 'policies', 'src/arena', 'src/laws'],
  'src/server': BELOW_LEAVES,
  // NOTE: a server is started from the command line; it is loaded when its verb is typed, and no other verb knows it.
  'src/cli': [...BELOW_LEAVES, 'src/server'],
  // NOTE: of the server the page takes types of what travels between them, and nothing that runs.
  'web/face.ts': ['src/core', 'src/server'],
  'web/face': ['src/core', 'web/face.ts'],
  faces: ['src/core', 'envs', 'web/face.ts', 'web/face'],
  web: ['src/core', 'replays', 'src/server', 'web/face.ts', 'web/face', 'faces'],
  docs: BELOW_LEAVES,
  scripts: [...BELOW_LEAVES, 'envs', 'src/server', 'src/cli', 'web', 'docs'],
  bench: [],
  examples: [],
};
const OUTSIDE = ['bench', 'examples'];
/** Layers whose sources stand in the folders of environments. */
const ENVIRONMENTS = ['envs', 'faces'];
/** Layers that go into the built package, so that their packages must be there once it is installed. */
const BUILT = ['src/', 'envs/', 'replays/', 'policies/', 'agents/'];
/** Parts of Node that reach nothing outside the process and give the same answer every time. */
const PURE = ['node:assert', 'node:buffer', 'node:path', 'node:string_decoder', 'node:url', 'node:util'];

/** Layers whose code is a pure function of what it is given. */
const TIMELESS = ['envs/', 'src/core/', 'policies/'];
/** Globals that tell the time or make chance. */
const IMPURE = ['Date', 'performance', 'crypto'];

/** Tests may import anything, and nothing else may import them. */
export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.(test|testing)\.\w+$/.test(path);
}

/** Parses every source and reads its imports with the compiler: types, re-exports and `import('literal')` included. */
export function parse(sources: Sources): Module[] {
  return [...sources].map(([path, text]) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    const specifiers = nodesOf(file).map(specifierOf);
    const found = new Set(specifiers.filter((specifier) => specifier !== null));
    const imports = [...found].map((specifier) => ({ specifier, target: targetOf(path, specifier, sources) }));
    return { path, file, imports };
  });
}

/** Imports that run against the layers, reach for a test, or name a package that their layer may not use. */
export function wrongImports(modules: readonly Module[], packages: Packages): string[] {
  return modules
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, imports }) => {
      if (layerOf(path) === undefined) return [`${path} belongs to no layer`];
      return imports.flatMap(({ specifier, target }) => {
        const reason = target === null ? refusePackage(path, specifier, packages) : refuse(path, specifier, target);
        return reason === null ? [] : [`${path} imports ${target ?? specifier}: ${reason}`];
      });
    });
}

/** Circles of imports, types and tests included: one for each import that closes a circle. */
export function importCycles(modules: readonly Module[]): string[] {
  const targets = new Map(modules.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) if (target !== null) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return found;
}

/** Places where the compiler or the linter is told to look away. */
export function blindSpots(modules: readonly Module[]): string[] {
  return complain(modules, (path) => !isTest(path), [
    (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : null),
    // NOTE: read as text, in strings too: no source has a use for these words anywhere.
    (node) =>
      ts.isSourceFile(node) ? (/@ts-(ignore|expect-error|nocheck)|biome-ignore/.exec(node.text)?.[0] ?? null) : null,
  ]);
}

/** Imports by the page of what runs in the server: of the server it takes types alone, or a browser would load it. */
export function serverInPage(modules: readonly Module[]): string[] {
  return complain(modules, (path) => path.startsWith('web/') && !isTest(path), [
    (node) => {
      const specifier = specifierOf(node);
      if (specifier === null || !specifier.includes('/src/server/')) return null;
      return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        ? null
        : specifier;
    },
  ]);
}

/** Clocks and chance that rules, kernel and policies did not get as an argument. */
export function hiddenInputs(modules: readonly Module[]): string[] {
  return complain(modules, (path) => !isTest(path) && TIMELESS.some((layer) => path.startsWith(layer)), [impurityOf]);
}

/**
 * String literals of shared code that are the id of an environment: what shared code needs to know, it asks the spec.
 * @param ids of every environment there is
 */
export function namedItems(modules: readonly Module[], ids: readonly string[]): string[] {
  return complain(modules, (path) => path.startsWith('src/') && !isTest(path), [
    (node) => (ts.isStringLiteralLike(node) && ids.includes(node.text) ? `'${node.text}'` : null),
  ]);
}

type Finder = (node: ts.Node) => string | null;

function complain(
  modules: readonly Module[],
  looksAt: (path: string) => boolean,
  finders: readonly Finder[],
): string[] {
  return modules
    .filter(({ path }) => looksAt(path))
    .flatMap(({ path, file }) => nodesOf(file).flatMap((node) => finders.map((find) => [path, find(node)] as const)))
    .flatMap(([path, found]) => (found === null ? [] : [`${path}: ${found}`]));
}

function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
  if (ts.isCallExpression(node) && loads(node.expression)) return textOf(node.arguments[0]);
  return null;
}

function loads(called: ts.Expression): boolean {
  return called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

/** The source an import means: `./a.js` is a.ts here, and `ludus` is the public face. */
function targetOf(from: string, specifier: string, sources: Sources): string | null {
  if (specifier === 'ludus') return FACE;
  if (!/^\.\.?(\/|$)/.test(specifier)) return null;
  const path = posix.join(posix.dirname(from), specifier);
  const written = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.jsx?$/, '.tsx')];
  return written.find((candidate) => sources.has(candidate)) ?? path;
}

/** NOTE: an environment's own face on the page stands in its folder, and is built with the page alone. */
function layerOf(path: string): string | undefined {
  if (/^envs\/.*\.tsx$/.test(path)) return 'faces';
  return Object.keys(LAYERS).find((layer) => path === layer || path.startsWith(`${layer}/`));
}

/** Why a source may not import another; null where it may. */
function refuse(path: string, specifier: string, target: string): string | null {
  const layer = layerOf(path) as string;
  if (isTest(target)) return 'only tests import tests';
  if (specifier === 'ludus') return OUTSIDE.includes(layer) ? null : "'ludus' is for those outside";
  if (target === FACE) return "the public face is imported as 'ludus'";
  const to = layerOf(target);
  const strange = ENVIRONMENTS.includes(layer) && target.startsWith('envs/') && folderOf(path) !== folderOf(target);
  if (strange) return 'an environment imports src/core and its own folder only';
  if (to === layer || (to !== undefined && (LAYERS[layer] as readonly string[]).includes(to))) return null;
  if (layer === 'envs') return 'an environment imports src/core and its own folder only';
  const open = [layer, ...(LAYERS[layer] as readonly string[]), ...(OUTSIDE.includes(layer) ? ["'ludus'"] : [])];
  return `${layer} imports ${open.join(', ')} only`;
}

/** `envs/nim/index.ts` stands in `envs/nim`. */
function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

/** Why a source may not import a package or a part of Node; null where it may. */
function refusePackage(path: string, specifier: string, { dependencies, devDependencies }: Packages): string | null {
  const layer = layerOf(path) as string;
  const [first, second] = specifier.split('/') as [string, string?];
  if (first.startsWith('node:')) {
    const open = layer !== 'envs' || PURE.includes(first) || posix.basename(path) === 'dataset.ts' || reachesOut(path);
    return open ? null : 'the outside is for dataset.ts, outside/ and sandbox/';
  }
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  // NOTE: a benchmark may hold other people's packages beside ours; an example shows what ours alone takes.
  if (layer === 'examples') return `${layer} imports 'ludus' only`;
  if (layer === 'bench') return known(name, dependencies, devDependencies);
  // NOTE: what loads TypeScript while developing is not built.
  if (reachesOut(path)) return known(name, dependencies, /\.mjs$/.test(path) ? devDependencies : []);
  if (layer === 'src/core' || layer === 'envs') return name === 'zod' ? null : `${layer} uses no package but zod`;
  if (layer === 'faces') return name === 'react' ? null : 'a face uses no package but react';
  if (dependencies.includes(name)) return null;
  // NOTE: the build takes TypeScript alone; an .mjs beside it serves development.
  const built = /\.tsx?$/.test(path) && BUILT.some((folder) => path.startsWith(folder));
  if (built) return 'what is built uses dependencies only';
  return known(name, devDependencies);
}

/** Whether a source is what an environment's call turns reach: people's own files, models, or a sandbox for strange code. */
function reachesOut(path: string): boolean {
  return /^envs\/[^/]+\/(sandbox|outside)\//.test(path);
}

/** Whether package.json names a package in one of these lists. */
function known(name: string, ...lists: readonly (readonly string[])[]): string | null {
  return lists.some((list) => list.includes(name)) ? null : 'package.json does not name it';
}

/** A clock or a source of chance: a global of that kind, by whatever way it is reached, or `Math.random`. */
function impurityOf(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) || isFieldName(node)) return null;
  if (IMPURE.includes(node.text)) return node.text;
  if (node.text !== 'Math') return null;
  const use =
    ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent.parent : node.parent;
  const harmless = ts.isPropertyAccessExpression(use) && use.name.text !== 'random';
  return harmless ? null : use.getText();
}

/** Whether a name only names a field: `clock.performance`, `{ Date: 1 }`; not `globalThis.Date`. */
function isFieldName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent))
    return parent.name === node && parent.expression.getText() !== 'globalThis';
  const declares = ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isPropertyAssignment(parent);
  return declares && parent.name === node;
}

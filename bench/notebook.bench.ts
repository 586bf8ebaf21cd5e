import { Catalogue, type Json, readConfig, runEpisode } from 'ludus';

/**
 * The sandbox of notebooks: notebooks a second with one cell and with twenty, each in an interpreter of its own; and the
 * oracle of `data-analysis` over the first tasks of `train`, all kinds in turn, with real cells:
 * `npx tsx bench/notebook.bench.ts`, or with a number of tasks instead of 10,000.
 */
const TASKS = Number(process.argv[2] ?? 10_000);
const AT_ONCE = 8;

const catalogue = new Catalogue();
const environment = await catalogue.environment('data-analysis');
const agents = [await catalogue.agent('scripted:oracle')];

/** Does something for each number from 0, a few at once, and gives how many a second. */
async function rate(count: number, one: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const began = performance.now();
  const line = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return count / ((performance.now() - began) / 1000);
}

async function notebook(cells: number): Promise<void> {
  const request: Json = {
    cells: Array.from({ length: cells }, () => 'mean([1, 2, 3])'),
    files: {},
    seed: 'bench',
    limits: { steps: 100, seconds: 60 },
  };
  await environment.answer?.(request, new AbortController().signal);
}

await rate(20, () => notebook(1));
for (const cells of [1, 20]) {
  const notebooks = await rate(300, () => notebook(cells));
  console.log(`notebooks of ${cells} cells: ${notebooks.toFixed(0)} a second, ${(notebooks * cells).toFixed(0)} cells`);
}

const wrong: number[] = [];
const episodes = await rate(TASKS, async (task) => {
  const config = readConfig(environment.spec, { set: { task } });
  const { returns } = await runEpisode({ environment, config, seed: 'bench', agents });
  if (returns?.[0] !== 1) wrong.push(task);
});
console.log(
  `oracle: ${TASKS - wrong.length} of ${TASKS} tasks right, ${episodes.toFixed(0)} a second; not right: ${wrong.slice(0, 20).join(', ') || 'none'}`,
);

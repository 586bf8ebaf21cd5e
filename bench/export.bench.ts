import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue, exportRecords, formats, type Plan, readConfig, rollout, Said, USUAL } from 'ludus';

/** Exports of about a million steps, format by format: rows a second and the most memory held. */
const EPISODES = Number(process.env.LUDUS_BENCH_EPISODES ?? 132_000);

/** Looks at the memory held ten times a second. */
class Peak {
  #most = 0;
  readonly #timer = setInterval(() => this.#look(), 100);

  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    return Math.round(this.#most / 1e6);
  }

  #look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage().rss);
  }
}

const catalogue = new Catalogue();
const environment = await catalogue.environment('tic-tac-toe');
const { id, version } = environment.spec;
const what = { environment: id, version, config: readConfig(environment.spec), agents: ['random', 'random'] };
const plan: Plan = { ludus: 1, ...what, seed: '1', episodes: EPISODES, clock: 'fixed', rules: {} };
const home = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
const records = join(home, 'run');
await rollout(plan, { folder: records, workers: 2 });

const rows: { [format: string]: { [column: string]: string | number } } = {};
const said = await Said.open([]);
for (const format of await formats()) {
  // NOTE: formats that need what solvers say have nothing to write here.
  if (format.needs.length > 0) continue;
  const memory = new Peak();
  const began = performance.now();
  const out = join(home, format.id);
  const { turns, rows: written } = await exportRecords({
    ...{ format, records, out, options: USUAL, filters: {}, split: null, limit: Number.POSITIVE_INFINITY },
    ...{ annotations: { files: [], said }, tool: 'bench', environment: async () => environment },
  });
  const seconds = (performance.now() - began) / 1000;
  rows[format.id] = {
    turns: turns.given,
    'rows made': written.made,
    'rows written': written.written,
    'turns/s': Math.round(turns.given / seconds),
    'rows made/s': Math.round(written.made / seconds),
    'peak MB resident': memory.stop(),
  };
  rmSync(out, { recursive: true, force: true });
}
console.table(rows);
rmSync(home, { recursive: true });

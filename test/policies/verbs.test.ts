import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf, readPolicy } from '../../policies/folder.js';
import * as exploit from '../../src/cli/verbs/exploit.js';
import * as solve from '../../src/cli/verbs/solve.js';
import * as train from '../../src/cli/verbs/train.js';
import { UserError } from '../../src/core/errors.js';
import { type Finished, ludusIn, type Running } from '../command-line.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLIMBER = join(ROOT, 'test/policies/climber.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-policies-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ludus(line: string, running: Running = {}): Promise<Finished> {
  return ludusIn(folder, line, running);
}

/** The fingerprint of every file of a folder, by name. */
function filesOf(name: string): { [file: string]: string } {
  const path = join(folder, name);
  return Object.fromEntries(readdirSync(path).map((file) => [file, fingerprintOf(readFileSync(join(path, file)))]));
}

/** Does what a verb does, in this process: quicker than a process of its own where nothing but an error is wanted. */
async function verb(line: string): Promise<unknown> {
  const program = new Command().exitOverride();
  for (const module of [solve, exploit, train]) module.register(program);
  return program.parseAsync(line.split(' '), { from: 'user' });
}

/** As soon as there is a checkpoint of this folder. */
function whenSaved(name: string): () => boolean {
  return () => existsSync(join(folder, `${name}.unfinished/checkpoint.bin`));
}

describe('ludus solve', () => {
  it('solves Leduc poker as it is, and exploit finds the very figures that were saved', async () => {
    const solved = await ludus('solve leduc-poker --json');
    const result = JSON.parse(solved.out) as { policy: string; nashConv: number; values: number[]; reached: boolean };
    expect({ code: solved.code, err: solved.err }).toEqual({ code: 0, err: '' });
    expect(result).toMatchObject({
      policy: 'runs/leduc-poker/cfr+',
      reached: true,
      histories: 9457,
      informationStates: 936,
    });
    expect(result.nashConv).toBeLessThanOrEqual(1e-3);
    // SEE: OpenSpiel 2.0.1, sequence_form_lp_test.py: -0.085606424078 for the first seat.
    expect(Math.abs((result.values[0] as number) + 0.085606424078)).toBeLessThan(1e-3);
    const measured = JSON.parse((await ludus('exploit runs/leduc-poker/cfr+ --json')).out) as { nashConv: number };
    expect(measured).toMatchObject({ nashConv: result.nashConv, values: result.values, unknown: 0 });
    expect(readPolicy(join(folder, result.policy)).manifest).toMatchObject({
      kind: 'table',
      environment: { id: 'leduc-poker', config: { suits: 'apart' } },
      algorithm: { id: 'cfr+' },
      metrics: { nashConv: result.nashConv },
    });
    expect(existsSync(join(folder, 'runs/leduc-poker/cfr+.unfinished'))).toBe(false);
  });

  it('killed, interrupted and resumed, it ends with the same bytes as without', async () => {
    const line = 'solve leduc-poker --algorithm external-mccfr --seed 5 --until 0 --iterations 150000 --clock fixed';
    expect((await ludus(`${line} --out whole`)).code).toBe(0);
    const killed = await ludus(`${line} --out parts --checkpoint 0`, { killWhen: whenSaved('parts') });
    expect(killed.code).toBeNull();
    expect(existsSync(join(folder, 'parts'))).toBe(false);
    const interrupted = await ludus('solve --resume parts', { interruptAt: 'external sampling' });
    expect(interrupted.code).toBe(130);
    expect(interrupted.err).toMatch(/Stopped after \d+ iterations. Go on: {2}.*solve --resume parts\n$/);
    expect((await ludus(`${line} --out parts`)).err).toContain('holds unfinished work: go on with it');
    const { code, out } = await ludus('solve --resume parts');
    expect(code).toBe(0);
    expect(out).toContain('150,000 iterations, before NashConv came down to 0');
    expect(filesOf('parts')).toEqual(filesOf('whole'));
    expect(Object.keys(filesOf('parts')).sort()).toEqual(['curve.csv', 'policy.json', 'table.bin']);
  });

  it('takes the plain algorithm where the usual one does not hold, and says what NashConv means there', async () => {
    const { code, out, err } = await ludus('solve kuhn-poker --preset three --iterations 200');
    expect(code).toBe(0);
    expect(err).toContain('617 histories, 48 information states');
    expect(out).toContain('Policy: runs/kuhn-poker/cfr-three');
    expect(out).toContain('play kuhn-poker --config players=3 --agents policy:runs/kuhn-poker/cfr-three');
    expect(out).toMatch(/NashConv 0\.\d+; the sum of the gains: at 0 no seat could gain by deviating alone/);
    const sides = await ludus('exploit runs/kuhn-poker/cfr-three --sides 0,1 --json');
    const { sides: bounds } = JSON.parse(sides.out) as { sides: { seats: number[]; below: number; above: number }[] };
    expect(bounds.map(({ seats }) => seats)).toEqual([[0, 1], [2]]);
    expect(bounds[0]?.below).toBeLessThanOrEqual(bounds[0]?.above as number);
    // NOTE: for a seat alone the two bounds are its best response.
    expect(bounds[1]?.below).toBeCloseTo(bounds[1]?.above as number, 12);
  });

  it.each([
    ['solve', 'name an environment'],
    ['solve leduc-poker --algorithm cfr++', 'there is no solver "cfr++"; did you mean cfr+'],
    ['solve leduc-poker --road flta', 'cfr+ has no road "flta"; did you mean flat'],
    [
      'solve leduc-poker --algorithm dcfr --option alpah=1',
      'option alpah: there is no such field; did you mean alpha?',
    ],
    ['solve leduc-poker --until low', '--until takes a number from 0, got "low"'],
    ['solve leduc-poker --histories 100', 'leduc-poker'],
    ['solve werewolf --iterations 1', 'werewolf'],
    ['solve --resume nowhere', 'nothing unfinished lies at nowhere'],
    ['exploit nowhere', 'there is no file or folder "nowhere"'],
    ['train climbr kuhn-poker --iterations 1', 'there is no learner "climbr"'],
    [`train ${CLIMBER} kuhn-poker`, 'say how many iterations'],
    [`train ${CLIMBER} kuhn-poker --iterations 1 --settings blod`, 'climber has no settings "blod"; did you mean bold'],
    [`train ${CLIMBER} kuhn-poker --iterations 1 --option rate=2`, 'option rate: '],
  ])('%s', async (line, message) => {
    const error = await verb(line).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
  });

  it('does not write over what is no policy', async () => {
    mkdirSync(join(folder, 'thesis'));
    writeFileSync(join(folder, 'thesis/chapter.txt'), 'one');
    const { code, err } = await ludus('solve kuhn-poker --out thesis');
    expect(code).toBe(2);
    expect(err).toContain('is no policy folder; name another');
    expect(readdirSync(join(folder, 'thesis'))).toEqual(['chapter.txt']);
  });
});

describe('a solved policy at the table', () => {
  it('is in the record with what made it, and is refused at another table', async () => {
    await ludus('solve kuhn-poker --out sharp --until 1e-6');
    const { hash, manifest } = readPolicy(join(folder, 'sharp'));
    const played = await ludus('match kuhn-poker --agents policy:sharp,random --seed 1 --quiet --json');
    const { record } = JSON.parse(played.out) as { record: string };
    const { seats } = JSON.parse(readFileSync(join(folder, record), 'utf8')) as { seats: { manifest: object }[] };
    expect(JSON.stringify(seats[0])).toContain(hash);
    expect(JSON.stringify(seats[0])).toContain('"algorithm":"cfr+"');
    expect(JSON.stringify(seats[0])).toContain(`"exploitability":${manifest.metrics.exploitability}`);
    const other = await ludus('match kuhn-poker --preset three --agents policy:sharp --seed 1');
    expect(other.code).toBe(2);
    expect(other.err).toContain('made for kuhn-poker with players = 2, and here it is 3');
    const elsewhere = await ludus('match tic-tac-toe --agents policy:sharp --seed 1');
    expect(elsewhere.err).toContain('was made for kuhn-poker, and this is tic-tac-toe');
  });
});

describe('ludus exploit', () => {
  it('asks a module at every information state: the best rule for Nim gives nothing away', async () => {
    const { code, out } = await ludusIn(join(ROOT, 'examples'), 'exploit policies/greedy.ts --env nim --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      nashConv: expect.closeTo(0, 12),
      values: [expect.closeTo(-1, 12), expect.closeTo(1, 12)],
      unknown: 0,
    });
  });
});

describe('ludus train', () => {
  const line = `train ${CLIMBER} kuhn-poker --iterations 200 --seed 3 --clock fixed`;

  it('killed and resumed, it ends with the same bytes as without, better than it began', async () => {
    const whole = await ludus(`${line} --out trained --exploit --json`);
    expect({ code: whole.code, err: whole.err }).toEqual({ code: 0, err: '' });
    const result = JSON.parse(whole.out) as { nashConv: number; NashConv: number };
    expect(result.nashConv).toBe(result.NashConv);
    // SEE: 11/12 for uniform play, OpenSpiel 2.0.1, tabular_exploitability_test.cc.
    expect(result.nashConv).toBeLessThan(11 / 12 / 4);
    const killed = await ludus(`${line} --out halves --checkpoint 0`, { killWhen: whenSaved('halves') });
    expect(killed.code).toBeNull();
    const interrupted = await ludus('train --resume halves', { interruptAt: 'Random ascent' });
    expect(interrupted.code).toBe(130);
    expect(interrupted.err).toMatch(/Stopped after \d+ iterations. Go on: {2}.*train --resume halves\n$/);
    const { code, err } = await ludus('train --resume halves --exploit');
    expect({ code, last: err.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^iteration 200\/200 {2}NashConv 0\.\d+ {2}kept \d+$/),
    });
    expect(filesOf('halves')).toEqual(filesOf('trained'));
  });

  it('and its policy sits at a table', async () => {
    const played = await ludus('match kuhn-poker --agents policy:trained --seed 2 --quiet');
    expect(played.code).toBe(0);
    expect(played.out).toContain('policy:trained');
  });
});

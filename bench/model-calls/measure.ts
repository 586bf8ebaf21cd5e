import { writeSync } from 'node:fs';

/** Waves before those that count: they warm the code up and open the connections. */
const WARM = 2;
const WAVES = 5;

interface Wave {
  readonly wall: number;
  readonly cpu: number;
  readonly calls: number;
}

/**
 * Runs waves of `lanes` things at once, each giving how many calls it made, and prints figures of one wave as JSON:
 * the median of wall and processor time in milliseconds, calls, and the most memory of the process in MB.
 */
export async function measure(lanes: number, lane: (at: number) => Promise<number>): Promise<void> {
  const waves: Wave[] = [];
  for (let wave = 0; wave < WARM + WAVES; wave++) {
    const before = process.cpuUsage();
    const began = performance.now();
    const made = await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)));
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    if (wave >= WARM) waves.push({ wall, cpu: (user + system) / 1000, calls: made.reduce((a, b) => a + b, 0) });
  }
  const median = (pick: (wave: Wave) => number) => waves.map(pick).sort((a, b) => a - b)[Math.floor(WAVES / 2)];
  const memory = process.resourceUsage().maxRSS / 1024;
  const figures = {
    wall: median((wave) => wave.wall),
    cpu: median((wave) => wave.cpu),
    calls: median((wave) => wave.calls),
    memory,
  };
  // NOTE: written at once, because what a thread prints may be lost when it ends.
  writeSync(1, `${JSON.stringify(figures)}\n`);
}

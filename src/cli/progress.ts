/** One line that tells how far a long job is: on a terminal it is rewritten, elsewhere a line every tenth. */
export class ProgressLine {
  readonly #planned: number;
  readonly #stream: NodeJS.WriteStream | null;
  readonly #began = performance.now();
  #drawn = 0;
  #tenth = 0;

  /** @param stream null writes nothing */
  constructor(planned: number, stream: NodeJS.WriteStream | null) {
    this.#planned = planned;
    this.#stream = stream;
  }

  /** Seconds since the job began. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** @param done of those planned @param now of those, done by this process @param steps of this process */
  update(done: number, now: number, steps: number): void {
    const stream = this.#stream;
    if (stream === null) return;
    const text = this.#text(done, now, steps);
    if (stream.isTTY) {
      if (performance.now() - this.#drawn < 100 && done < this.#planned) return;
      this.#drawn = performance.now();
      stream.write(`\r\u001b[2K${text}`);
    } else if (Math.floor((10 * done) / this.#planned) > this.#tenth) {
      this.#tenth = Math.floor((10 * done) / this.#planned);
      stream.write(`${text}\n`);
    }
  }

  end(): void {
    if (this.#stream?.isTTY === true && this.#drawn > 0) this.#stream.write('\n');
  }

  #text(done: number, now: number, steps: number): string {
    const rate = now / this.seconds;
    const share = done / this.#planned;
    const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
    const left = rate > 0 ? span((this.#planned - done) / rate) : '?';
    const rates = `${figure(rate)} episodes/s  ${figure(steps / this.seconds)} steps/s`;
    return `${bar} ${Math.floor(share * 100)} %  ${done}/${this.#planned}  ${rates}  ${left} left`;
  }
}

/** A figure short enough to be read in passing. */
export function figure(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

/** A time as people say it. */
export function span(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

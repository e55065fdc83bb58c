/** A bar on a terminal's stderr; nothing where stderr is not a terminal. */

const WIDTH = 30;

export class ProgressBar {
  private readonly start = performance.now();
  private done = 0;

  constructor(private readonly total: number) {}

  /** @param what the step under way, a few words */
  advance(steps: number, what: string): void {
    this.done += steps;
    if (!process.stderr.isTTY) return;
    const share = this.done / this.total;
    const bar = '█'.repeat(Math.round(WIDTH * share)).padEnd(WIDTH, '░');
    const left = ((performance.now() - this.start) / 1000) * (1 / share - 1);
    process.stderr.write(`\r\x1b[K${bar} ${this.done}/${this.total}, ${what}, ${left.toFixed(0)} s left`);
  }

  /** Takes the bar away. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

/**
 * A call's texts cut into chunks, which workers take one after another, each the next as soon as it is free; and
 * their answers in the order of the texts. Knows no worker.
 */

import type { TextOrPair } from './contract.js';

/**
 * Texts of a chunk. Each costs both threads' messages, some 0.3 ms in all, which wants large ones; at the end of a
 * call the others wait for the last one's, which wants small ones. Of 32 texts the first is one per cent where
 * they take a millisecond each, and of a thousand texts the second is at most 3 per cent of the work.
 */
export const CHUNK = 32;
/** Of a worker that may use a GPU, which joins what is left of several batches of 32. */
export const GPU_CHUNK = 128;

export interface Chunk {
  /** Position of its first text in the call. */
  start: number;
  texts: TextOrPair[];
  /** Workers that died while they had it. */
  deaths: number;
}

/** A worker that waits for work, and how many texts it takes at most. */
interface Taker {
  most: number;
  give(chunk: Chunk | undefined): void;
}

export class Share<T> {
  /** One a text. Rejects with the first failure. */
  readonly answers: Promise<T[]>;
  /** Position of the first text that nobody has taken yet. */
  private next = 0;
  private readonly putBacks: Chunk[] = [];
  /** Idle workers. */
  private readonly takers: Taker[] = [];
  private readonly found: T[] = [];
  private missing: number;
  private isOver = false;
  private resolve!: (answers: T[]) => void;
  private reject!: (error: unknown) => void;

  constructor(private readonly texts: readonly TextOrPair[]) {
    this.missing = texts.length;
    this.answers = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /**
   * The next chunk, once there is one: another worker may yet put its own back. Undefined once the call is over.
   *
   * @param most texts of it, but for one that was put back
   */
  take(most: number): Promise<Chunk | undefined> {
    return new Promise((give) => {
      this.takers.push({ most, give });
      this.deal();
    });
  }

  /** A chunk that was taken and not answered is for the next who asks. */
  putBack(chunk: Chunk): void {
    this.putBacks.unshift(chunk);
    this.deal();
  }

  answer({ start }: Chunk, answers: readonly T[]): void {
    for (const [i, one] of answers.entries()) this.found[start + i] = one;
    this.missing -= answers.length;
    if (this.missing === 0) this.end(() => this.resolve(this.found));
  }

  /** Ends the call, unless it is over. */
  fail(error: unknown): void {
    this.end(() => this.reject(error));
  }

  private end(settle: () => void): void {
    if (this.isOver) return;
    this.isOver = true;
    settle();
    this.deal();
  }

  private deal(): void {
    while (this.takers.length > 0 && (this.isOver || this.putBacks.length > 0 || this.next < this.texts.length)) {
      const { most, give } = this.takers.shift()!;
      give(this.isOver ? undefined : (this.putBacks.shift() ?? this.cut(most)));
    }
  }

  private cut(most: number): Chunk {
    const start = this.next;
    const texts = this.texts.slice(start, start + most);
    this.next += texts.length;
    return { start, texts, deaths: 0 };
  }
}

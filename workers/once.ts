/** Something that is made when it is first asked for, and again if that failed. */

export class Once<T> {
  private made: Promise<T> | undefined;
  /** Whether it is there. */
  isMade = false;

  constructor(private readonly make: () => Promise<T>) {}

  get(): Promise<T> {
    if (!this.made) {
      this.made = this.make();
      this.made.then(
        () => (this.isMade = true),
        () => (this.made = undefined),
      );
    }
    return this.made;
  }
}

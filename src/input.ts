/** Checks on what a caller passes in, before anything is sent to the worker. */

export function inputError(what: string): Error {
  return Object.assign(new Error(what), { name: 'InputError' });
}

/** A threshold in [0, 1], or an InputError. */
export function checkSpeed(speed: number): number {
  if (typeof speed !== 'number' || !(speed >= 0 && speed <= 1)) {
    throw inputError(`speed is ${String(speed)}; it takes a number from 0 (all layers) to 1 (fastest)`);
  }
  return speed;
}

/**
 * A list of texts. Any string is classified, also an empty one; anything else is an InputError
 * that names its place. Lone surrogates become U+FFFD, as in every encoder.
 */
export function checkTexts(texts: readonly string[]): string[] {
  if (!Array.isArray(texts)) {
    throw inputError(`expected a text or a list of texts, got ${texts === null ? 'null' : typeof texts}`);
  }
  return texts.map((text: unknown, i) => {
    if (typeof text !== 'string') {
      throw inputError(`text ${i} is ${text === null ? 'null' : typeof text}, not a string`);
    }
    return text.toWellFormed();
  });
}

/** A signal that follows another once that has rested, for what is too heavy to follow each move of a slider. */

import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';

/** Milliseconds: longer than from one move to the next, too short to be waited for. */
const REST = 200;

export function atRest<Value>(moving: ReadonlySignal<Value>): Signal<Value> {
  const rested = signal(moving.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const now = moving.value;
    clearTimeout(timer);
    if (now !== rested.peek()) timer = setTimeout(() => (rested.value = now), REST);
  });
  return rested;
}

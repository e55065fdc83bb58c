/** Arrow keys on a figure: up and down through texts, left and right through layers, Esc for none. */

import type { Focus } from '../state.js';

/** The next focus, or undefined for a key that means nothing here. */
export function moveFocus(
  { sample, layer }: Focus,
  key: string,
  samples: number,
  layers: number,
): Focus | undefined {
  if (key === 'Escape') return {};
  if (samples === 0) return undefined;
  const keep = (value: number, last: number): number => Math.min(last, Math.max(0, value));
  const onSample = (step: number): number =>
    sample === undefined ? (step > 0 ? 0 : samples - 1) : keep(sample + step, samples - 1);
  const onLayer = (step: number): number =>
    layer === undefined ? (step > 0 ? 0 : layers) : keep(layer + step, layers);
  switch (key) {
    case 'ArrowDown':
      return { sample: onSample(1), layer };
    case 'ArrowUp':
      return { sample: onSample(-1), layer };
    case 'ArrowRight':
      return { sample: sample ?? 0, layer: onLayer(1) };
    case 'ArrowLeft':
      return { sample: sample ?? 0, layer: onLayer(-1) };
    default:
      return undefined;
  }
}

/** The same where the samples stand in another order, or only some of them are there. */
export function moveFocusAmong(order: readonly number[], focus: Focus, key: string, layers: number): Focus | undefined {
  const place = focus.sample === undefined ? -1 : order.indexOf(focus.sample);
  const next = moveFocus({ sample: place < 0 ? undefined : place, layer: focus.layer }, key, order.length, layers);
  return next && { ...next, sample: next.sample === undefined ? undefined : order[next.sample] };
}

/** Around a drawing: with the keyboard on it, arrow keys move the focus that all figures share. */

import type { ComponentChildren } from 'preact';
import type { Focus } from '../state.js';
import { moveFocus, moveFocusAmong } from './focus-keys.js';

interface KeysProps {
  label: string;
  focus: Focus;
  samples: number;
  layers: number;
  /** Numbers of the samples from top to bottom, where they do not stand in their own order. */
  order?: readonly number[];
  onFocus(focus: Focus): void;
  children: ComponentChildren;
}

export function Keys({ label, focus, samples, layers, order, onFocus, children }: KeysProps) {
  return (
    <div
      class="keys"
      role="group"
      aria-label={label}
      tabIndex={0}
      onKeyDown={(event) => {
        // What lies in here may have arrow keys of its own.
        if (event.target !== event.currentTarget) return;
        const next = order ? moveFocusAmong(order, focus, event.key, layers) : moveFocus(focus, event.key, samples, layers);
        if (!next) return;
        event.preventDefault();
        onFocus(next);
      }}
    >
      {children}
    </div>
  );
}

/** The speed as a native range and as a number: moving re-gates at once, letting go runs again. */

import { speedInWords } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

interface SpeedSliderProps extends PageProps {
  /** On the chart's axis, where thumb and threshold line are one; or in the bar below. */
  layout: 'axis' | 'bar';
  style?: { left: string; top: string; height: string } | undefined;
}

export function SpeedSlider({ state, actions, layout, style }: SpeedSliderProps) {
  const speed = state.speed.value;
  return (
    <input
      class={`speed-slider ${layout}`}
      style={style}
      type="range"
      min="0"
      max="1"
      step="0.01"
      aria-label={words.value.speed.name}
      aria-orientation={layout === 'axis' ? 'vertical' : 'horizontal'}
      aria-valuetext={speedInWords(speed, state.devPoint.value)}
      value={speed}
      onInput={(event) => actions.slide(event.currentTarget.valueAsNumber)}
      onChange={actions.settle}
    />
  );
}

export function SpeedNumber({ state, actions }: PageProps) {
  return (
    <label class="speed-number">
      <span>{words.value.speed.name}</span>
      <input
        type="number"
        min="0"
        max="1"
        step="0.01"
        aria-label={words.value.speed.asNumber}
        value={state.speed.value}
        onChange={({ currentTarget: field }) => {
          actions.slide(field.valueAsNumber);
          actions.settle();
          // What was no speed gives way to what still is.
          field.value = String(state.speed.peek());
        }}
      />
    </label>
  );
}

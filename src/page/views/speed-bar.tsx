/** On narrow screens the slider stays in reach of the thumb, whatever is scrolled into view. */

import { gainInWords } from '../wording.js';
import { devWords, words } from '../words/index.js';
import type { PageProps } from './page.js';
import { SpeedNumber, SpeedSlider } from './speed-slider.js';

export function SpeedBar(page: PageProps) {
  const point = page.state.devPoint.value;
  return (
    <section class="speed-bar" aria-label={words.value.speed.name}>
      <SpeedNumber {...page} />
      <SpeedSlider {...page} layout="bar" />
      {point && (
        <p>{devWords.value.speed.onDevSet(gainInWords(point))}</p>
      )}
    </section>
  );
}

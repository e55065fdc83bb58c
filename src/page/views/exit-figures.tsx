/** Trajectories and, under them on the same x scale, where texts leave and what each exit believes. */

import { useWidth } from '../charts/use-width.js';
import { BeliefFigure } from './belief-figure.js';
import { HistogramFigure } from './histogram-figure.js';
import type { PageProps } from './page.js';
import { TrajectoryFigure } from './trajectory-figure.js';

/** Before a model says how many layers it has. */
const USUAL_LAYERS = 6;

export function ExitFigures({ state, actions, narrow }: PageProps & { narrow: boolean }) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const layers = state.run.value?.layers ?? state.info.value?.layers ?? USUAL_LAYERS;
  // What is of one's own comes first.
  const many = state.input.value === 'many';
  const shared = { state, actions, layers, width, sides: { left: narrow ? 46 : 62, right: 38 } };
  return (
    <div class="exits" ref={ref}>
      <TrajectoryFigure {...shared} narrow={narrow} />
      {many && <HistogramFigure {...shared} />}
      <BeliefFigure {...shared} />
      {!many && <HistogramFigure {...shared} />}
    </div>
  );
}

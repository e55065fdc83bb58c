/** Trajectories and, under them on the same x scale, where texts leave and what each exit believes. */

import { useWidth } from '../charts/use-width.js';
import { BeliefFigure } from './belief-figure.js';
import { HistogramFigure } from './histogram-figure.js';
import type { PageProps } from './page.js';
import { TrajectoryFigure } from './trajectory-figure.js';
import { WhileSeen } from './while-seen.js';

/** Before a model says how many layers it has. */
const USUAL_LAYERS = 6;

export function ExitFigures({ state, actions, narrow }: PageProps & { narrow: boolean }) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const layers = state.run.value?.layers ?? state.info.value?.layers ?? USUAL_LAYERS;
  // What is of one's own comes first.
  const many = state.input.value === 'many';
  const shared = { state, actions, layers, width, sides: { left: narrow ? 46 : 62, right: 38 } };
  const histogram = <WhileSeen {...shared}>{(seen) => <HistogramFigure {...shared} {...seen} />}</WhileSeen>;
  return (
    <div class="exits" ref={ref}>
      <TrajectoryFigure {...shared} narrow={narrow} />
      {many && histogram}
      <WhileSeen {...shared}>{(seen) => <BeliefFigure {...shared} {...seen} />}</WhileSeen>
      {!many && histogram}
    </div>
  );
}

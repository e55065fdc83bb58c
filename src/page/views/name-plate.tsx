/** The page's name beside its mark, which is a figure too: the text of now, the line, and where it left. */

import { Mark } from '../charts/marks.js';
import { depthX, shareY } from '../charts/plane.js';
import { trajectoryPaths } from '../charts/trajectory-paths.js';
import type { PageProps } from './page.js';

const SIDE = 44;
const AREA = { left: 5, right: SIDE - 5, top: 8, bottom: SIDE - 8 };
/** Of the icon: what is drawn before there is a text. */
const ICON = [1, 0.83, 0.45, 0.02].map((uncertainty, exit) => ({ exit, uncertainty, probabilities: [] }));

export function NamePlate({ state }: Pick<PageProps, 'state'>) {
  const { run, focus, outcomes, speed } = state;
  const index = focus.value.sample ?? 0;
  const sample = run.value?.samples[index];
  const trajectory = sample && sample.trajectory.length > 1 ? sample.trajectory : ICON;
  const left = trajectory === ICON ? ICON.at(-1) : outcomes.value[index]?.belief;
  const layers = trajectory === ICON ? ICON.length - 1 : run.value!.layers;
  const line = shareY(speed.value, AREA);
  const { taken, beyond } = trajectoryPaths(trajectory, left, AREA, layers);
  return (
    <div class="name-plate">
      <svg width={SIDE} height={SIDE} aria-hidden="true">
        <rect width={SIDE} height={SIDE} rx={10} />
        <path class="line" d={`M0,${line}H${SIDE}`} />
        <path class="text rest" d={beyond} />
        <path class="text" d={taken} />
        {left && <Mark x={depthX(left.exit, AREA, layers)} y={shareY(left.uncertainty, AREA)} right={undefined} size={4} />}
      </svg>
      <h1>
        fastbert<span>-web</span>
      </h1>
    </div>
  );
}

/** The map of a batch: where all its texts stand, and its numbers by where they left. */

import { useMemo } from 'preact/hooks';
import { BatchMap } from '../charts/batch-map.js';
import { byDepth, depthGroups, mapHeight, meansOf, strips, type DepthGroup } from '../charts/batch-strips.js';
import { Figure } from '../charts/figure.js';
import { Keys } from '../charts/keys.js';
import { areaOf } from '../charts/plane.js';
import { useWidth } from '../charts/use-width.js';
import type { Run } from '../state.js';
import { exitTicks } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';
import { focusWords } from './trajectory-words.js';

const MARGIN = { left: 52, right: 14, top: 28, bottom: 6 };

export function MapFigure(page: PageProps) {
  const run = page.state.run.value;
  return run && run.samples.length > 0 ? <MapOf {...page} run={run} /> : null;
}

function MapOf({ state, actions, run }: PageProps & { run: Run }) {
  const { ref, width } = useWidth<HTMLDivElement>(360);
  const focus = state.focus.value;
  const outcomes = state.rested.outcomes.value;
  const order = useMemo(() => byDepth(outcomes), [outcomes]);
  const groups = useMemo(() => depthGroups(outcomes, order), [outcomes, order]);
  const n = order.length;
  const { samples, layers, mode } = run;
  const height = MARGIN.top + mapHeight(n) + MARGIN.bottom;
  const { map, texts, exit: exits, trajectories } = words.value;
  const most = Math.ceil(n / strips(n, 0).length);
  const leftAt = ({ exit }: DepthGroup): string => (exit === undefined ? exits.notYet : exits.left(exit, layers));
  return (
    <Figure
      class="map"
      title={map.title}
      note={`${map.note(texts(n))}${mode === 'explore' ? map.faint : ''}${most > 1 ? map.shared(most) : ''}`}
      numbers={{
        caption: map.table,
        head: [trajectories.leftAt, map.texts, ...exitTicks(layers)],
        rows: () =>
          groups.map((group) => [
            group.exit === undefined ? exits.notYet : exits.name(group.exit),
            words.value.number(group.to - group.from),
            ...meansOf(samples, order.slice(group.from, group.to), layers).map((mean) => mean?.toFixed(3) ?? ''),
          ]),
      }}
    >
      <div ref={ref}>
        <Keys label={map.keys} focus={focus} samples={n} layers={layers} order={order} onFocus={actions.focusOn}>
          <BatchMap
            samples={samples}
            outcomes={outcomes}
            order={order}
            groups={groups}
            layers={layers}
            focus={focus}
            area={areaOf(width, height, MARGIN)}
            width={width}
            height={height}
            summary={map.summary(texts(n), groups.map((group) => map.group(group.to - group.from, leftAt(group))).join(', '))}
            onFocus={actions.focusOn}
          />
        </Keys>
      </div>
      {/* Said aloud beside the trajectories. */}
      <p class="focus-words">{focusWords(state, layers)}</p>
    </Figure>
  );
}

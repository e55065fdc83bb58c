/** The exit histogram of one's own texts, or of the dev set while there is only one. */

import { ExitHistogram } from '../charts/exit-histogram.js';
import { Figure } from '../charts/figure.js';
import { areaOf } from '../charts/plane.js';
import { count, exitName } from '../wording.js';
import type { ExitFigureProps } from './page.js';

const HEIGHT = 132;

export function HistogramFigure({ state, actions, layers, width, sides }: ExitFigureProps) {
  const leaving = state.leaving.value;
  if (!leaving) return null;
  const { whose, tally } = leaving;
  const { n, labelled, meanDepth, exits } = tally;
  const name = whose === 'own' ? 'Your texts' : 'The dev set';
  const judged = labelled > 0 ? '; right below, wrong hatched on top' : '';
  return (
    <Figure
      class="where"
      title="Where texts leave"
      note={`${name} at this speed, n = ${n.toLocaleString('en')}${judged}.`}
      numbers={{
        caption: 'Texts that left at each exit',
        head: ['Exit', ...(labelled > 0 ? ['right', 'wrong'] : []), 'all'],
        rows: () =>
          exits.map(({ right, wrong, unlabelled }, exit) => [
            exitName(exit),
            ...(labelled > 0 ? [String(right), String(wrong)] : []),
            String(right + wrong + unlabelled),
          ]),
      }}
    >
      <ExitHistogram
        tally={tally}
        layers={layers}
        focusedLayer={state.focus.value.layer}
        area={areaOf(width, HEIGHT, { ...sides, top: 22, bottom: 22 })}
        width={width}
        height={HEIGHT}
        summary={
          n === 0
            ? 'No text has left yet.'
            : `Exit histogram of ${count(n, 'text')}: ${meanDepth.toFixed(2)} of ${layers} layers on average.`
        }
        onLayer={(layer) => actions.focusOn({ sample: state.focus.peek().sample, layer })}
      />
    </Figure>
  );
}

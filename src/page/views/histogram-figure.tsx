/** The exit histogram of one's own texts, or of the dev set while there is only one. */

import { ExitHistogram } from '../charts/exit-histogram.js';
import { Figure } from '../charts/figure.js';
import { areaOf } from '../charts/plane.js';
import { devWords, words } from '../words/index.js';
import type { ExitFigureProps } from './page.js';

const HEIGHT = 132;

export function HistogramFigure({ state, actions, layers, width, sides }: ExitFigureProps) {
  const leaving = state.leaving.value;
  if (!leaving) return null;
  const { whose, tally } = leaving;
  const { n, labelled, meanDepth } = tally;
  const { histogram, exit: exits, verdict, texts, right: rightly, wrong: wrongly, all } = (whose === 'dev' ? devWords : words).value;
  const judged = labelled > 0 ? histogram.judged : '';
  return (
    <Figure
      class="exit-histogram"
      title={histogram.title}
      note={verdict.sentence(`${histogram[whose](n)}${judged}`)}
      numbers={{
        caption: histogram.table,
        head: [histogram.exit, ...(labelled > 0 ? [rightly, wrongly] : []), all],
        rows: () =>
          tally.exits.map(({ right, wrong, unlabelled }, exit) => [
            exits.name(exit),
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
            ? histogram.none
            : histogram.summary(texts(n), meanDepth.toFixed(2), layers)
        }
        onLayer={(layer) => actions.focusOn({ sample: state.focus.peek().sample, layer })}
      />
    </Figure>
  );
}

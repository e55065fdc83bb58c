/** Many texts as dots, by what the model makes of them. */

import { useEffect, useMemo } from 'preact/hooks';
import { isOf, place } from '../actions/place.js';
import { Figure } from '../charts/figure.js';
import { areaOf } from '../charts/plane.js';
import { dotBeyond, dotsOf, groupsOf, type Group } from '../charts/scatter.js';
import { Looks, ScatterPlot } from '../charts/scatter-plot.js';
import { useWidth } from '../charts/use-width.js';
import { disagrees } from '../disagreement.js';
import { projectApart } from '../project-apart.js';
import type { Places, Run } from '../state.js';
import '../styles/places.css';
import { answerWords, excerpt, percent } from '../wording.js';
import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';
import type { PageProps } from './page.js';
import { focusWords } from './trajectory-words.js';

const MARGIN = { left: 12, right: 12, top: 12, bottom: 12 };
/** In pixels; wide ones are flatter. */
const TALLEST = 540;
const MOST_TABLE_ROWS = 1000;

export function PlacesFigure({ state, actions }: PageProps) {
  useEffect(() => {
    const until = new AbortController();
    place(state, actions.reader, projectApart, until.signal);
    return () => until.abort();
  }, [state, actions]);
  const { places: said } = laterWords.value;
  const run = state.run.value;
  const places = state.places.value;
  if (!run || run.samples.length === 0) return <p class="note">{said.none}</p>;
  if (!places || !isOf(places, run, state.info.value?.name ?? places.model)) return <p class="note">{said.waiting}</p>;
  return <PlacesOf state={state} actions={actions} run={run} places={places} />;
}

function PlacesOf({ state, actions, run, places }: PageProps & { run: Run; places: Places }) {
  const { ref, width } = useWidth<HTMLDivElement>(480);
  const { places: said } = laterWords.value;
  const { samples, layers, labels } = run;
  const outcomes = state.rested.outcomes.value;
  const height = Math.round(Math.min(TALLEST, 0.75 * width));
  const dots = useMemo(() => dotsOf(places.points, areaOf(width, height, MARGIN)), [places, width, height]);
  const answers = useMemo(() => outcomes.map(({ belief }) => belief && answerWords(belief, labels)), [outcomes, labels]);
  const groups = useMemo(() => groupsOf(answers), [answers]);
  const differs = useMemo(() => samples.map((sample, i) => disagrees(sample, outcomes[i]!, layers)), [samples, outcomes, layers]);
  const ringed = useMemo(() => [...differs.keys()].filter((i) => differs[i]), [differs]);
  const known = differs.filter((one) => one !== undefined).length;
  const shown = state.shown.value;
  const faint = useMemo(() => {
    const strong = new Set(shown);
    return new Set([...samples.keys()].filter((i) => !strong.has(i)));
  }, [shown, samples]);
  const nameOf = ({ answer, texts }: Group): string => {
    const name = answer ?? said.others(new Set(texts.map((i) => answers[i])).size);
    return name + said.texts(words.value.number(texts.length));
  };
  const [first, second] = places.shares;
  const focused = state.focus.value.sample;
  return (
    <Figure
      class="places"
      title={said.title}
      note={
        <>
          {said.note(places.speed.toFixed(2))}
          {first > 0 ? said.shares(percent(first, 0), percent(second, 0), percent(first + second, 0)) : said.alike}
          {said.rings(ringed.length, known)}
          {known < samples.length && said.unknown}
          {state.replayed.value && <span class="tag">{words.value.trajectories.replayedFrom(run.speed.toFixed(2))}</span>}
        </>
      }
      numbers={{
        caption: said.table,
        head: said.head,
        rows: () =>
          samples.slice(0, MOST_TABLE_ROWS).map(({ text }, i) => {
            const { belief } = outcomes[i]!;
            const [x, y] = places.points.subarray(2 * i, 2 * i + 2);
            return [excerpt(text), answers[i] ?? '', belief ? words.value.exit.name(belief.exit) : '', x!.toFixed(3), y!.toFixed(3)];
          }),
      }}
    >
      <Looks groups={groups} nameOf={nameOf} />
      <div class="dots" ref={ref}>
        <div
          class="keys"
          role="group"
          aria-label={said.keys}
          tabIndex={0}
          onKeyDown={(event) => {
            const sample = dotBeyond(dots, state.focus.peek().sample, event.key);
            if (sample === undefined && event.key !== 'Escape') return;
            event.preventDefault();
            actions.focusOn({ sample });
          }}
        >
          <ScatterPlot
            dots={dots}
            groups={groups}
            ringed={ringed}
            faint={faint}
            focused={focused}
            width={width}
            height={height}
            summary={said.summary(words.value.texts(samples.length), groups.map(nameOf).join(', '))}
            onText={(sample) => actions.focusOn({ sample })}
          />
        </div>
      </div>
      {/* Said aloud beside the trajectories. */}
      <p class="focus-words">{focusWords(state, layers)}</p>
    </Figure>
  );
}

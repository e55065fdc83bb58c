/** LUHA at an exit of one's choice, and what lies left of the threshold line. */

import { luha, reliability, type Calibration } from '../../core/index.js';
import { Figure } from '../charts/figure.js';
import { Luha } from '../charts/luha.js';
import type { State } from '../state.js';
import { percent } from '../wording.js';
import { devWords } from '../words/index.js';
import type { PageProps } from './page.js';

export function LuhaFigure({ state, actions }: PageProps) {
  const info = state.info.value;
  if (!info) return null;
  const { calibration } = info;
  const speed = state.speed.value;
  const exits = calibration.predictions.flatMap((row, exit) => (row ? exit : []));
  const exit = shownExit(state, exits);
  const { luha: said, exit: exitWords } = devWords.value;
  const meaning = thresholdWords(calibration, exit, speed);
  return (
    <Figure
      class="luha"
      title={said.title}
      note={said.note(exitWords.after(exit), calibration.n)}
      numbers={{
        caption: said.table,
        head: said.head,
        rows: () =>
          luha(calibration, exit).map(({ low, high, n, right, accuracy, interval }) => [
            devWords.value.range(low.toFixed(1), high.toFixed(1)),
            devWords.value.number(n),
            n > 0 ? devWords.value.number(right) : '',
            accuracy === undefined ? '' : percent(accuracy),
            interval ? devWords.value.range(percent(interval[0]), percent(interval[1])) : '',
          ]),
      }}
    >
      <fieldset class="modes exit-choice">
        <legend>{said.choose}</legend>
        {exits.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="exit"
              aria-label={exitWords.name(one)}
              checked={one === exit}
              onChange={() => actions.chooseExit(one)}
            />
            <span>{exitWords.tick(one)}</span>
          </label>
        ))}
      </fieldset>
      <Luha
        calibration={calibration}
        exit={exit}
        speed={speed}
        text={uncertaintyInView(state, exit)}
        summary={said.summary(exitWords.name(exit), meaning)}
      />
      <p class="meaning">{meaning}</p>
    </Figure>
  );
}

/** The layer in focus, else the chosen one, else the first behind a layer; of those that have an exit. */
function shownExit({ focus, exit }: State, exits: readonly number[]): number {
  const wanted = [focus.value.layer, exit.value, 1].find((one) => one !== undefined && exits.includes(one));
  return wanted ?? exits.at(-1)!;
}

/** How unsure this exit is of the text in view. */
function uncertaintyInView({ inView, run }: State, exit: number): number | undefined {
  return run.value?.samples[inView.value ?? -1]?.trajectory.find((belief) => belief.exit === exit)?.uncertainty;
}

/** What the threshold line means for the dev set at this exit. */
function thresholdWords(calibration: Calibration, exit: number, speed: number): string {
  const { luha: said, speed: speedWords } = devWords.value;
  const isLast = exit === calibration.predictions.length - 1;
  const under = reliability(calibration, exit, 0, isLast ? Infinity : speed);
  const name = speedWords.is(speed.toFixed(2));
  if (under.accuracy === undefined || !under.interval) return said.nothing(name);
  const { n, accuracy } = under;
  const [low, high] = under.interval.map((end) => percent(end)) as [string, string];
  if (isLast) return said.last(n, percent(accuracy), low, high);
  const over = reliability(calibration, exit, speed, Infinity);
  return (
    said.under(name, n, calibration.n, percent(n / calibration.n, 0), percent(accuracy), low, high) +
    (over.accuracy === undefined ? said.underOnly : said.over(percent(over.accuracy)))
  );
}

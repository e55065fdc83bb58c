/** Inside a gate: what the exit that is looked at makes of its scores, with the numbers of the text in view. */

import { Figure } from '../charts/figure.js';
import { gateRows, type GateRow } from '../charts/gate-parts.js';
import { GateSum } from '../charts/gate-sum.js';
import { saysNothing } from '../outcome.js';
import { exitOf } from '../reasons.js';
import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';
import type { ReasonsProps } from './words-figure.js';

export function GateFigure({ state, reasons }: ReasonsProps) {
  const { gate: said } = laterWords.value;
  const { labels, uncertaintyClasses, problemType } = state.info.value!;
  const belief = exitOf(reasons, state);
  const speed = state.rested.speed.value;
  const isLast = belief.exit === reasons.verdict.depth;
  const each = problemType === 'multi_label_classification';
  const rows = gateRows(belief, uncertaintyClasses);
  const nameOf = ({ label, classes }: GateRow): string => (label === undefined ? said.others(classes) : labels[label]!);
  const place = words.value.exit.after(belief.exit);
  const few = rows.filter(({ label }) => label !== undefined).length;
  const more = few < labels.length ? (each ? said.eachMany(few) : said.many(few)) : '';
  const sum = each ? said.greatest(nameOf(rows[0]!), belief.uncertainty.toFixed(3)) : sumWords(rows, uncertaintyClasses, belief.uncertainty);
  const [short, line] = [gateNumber(belief.uncertainty, speed), speed.toFixed(2)];
  const decision = isLast ? said.last : belief.uncertainty < speed ? said.under(short, line) : said.over(short, line);
  return (
    <Figure
      class="gate"
      title={said.title}
      note={`${each ? said.eachNote(place) : said.note(place)}${more}`}
      numbers={{
        caption: said.table,
        head: said.head,
        rows: () => rows.map((row) => [nameOf(row), row.logit?.toFixed(3) ?? '', row.probability.toFixed(4), row.part.toFixed(4)]),
      }}
    >
      <GateSum
        rows={rows}
        nameOf={nameOf}
        each={each}
        uncertainty={belief.uncertainty}
        speed={isLast ? undefined : speed}
        summary={said.summary(place, `${sum}. ${decision}`)}
      />
      <p class="sum">{saysNothing(belief) ? said.uneven : sum}</p>
      <p class="sum">{decision}</p>
    </Figure>
  );
}

/** The formula with its numbers: what each class adds, before it is divided. */
function sumWords(rows: readonly GateRow[], k: number, uncertainty: number): string {
  const { gate: said } = laterWords.value;
  const terms = rows.map(({ part }) => (part * Math.log(k)).toFixed(3));
  const sum = rows.reduce((all, { part }) => all + part, 0);
  return said.sum(terms.join(' + '), k, sum.toFixed(3)) + (sum > 1 && uncertainty === 1 && sum.toFixed(3) !== '1.000' ? said.capped : '');
}

/** Rounded, unless that would make the two sides equal. */
function gateNumber(uncertainty: number, speed: number): string {
  return uncertainty.toFixed(2) === speed.toFixed(2) ? uncertainty.toFixed(4) : uncertainty.toFixed(2);
}

/** Why: which words did it, what would let the text leave, and what happens inside the gate. */

import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { explain } from '../actions/explain.js';
import { reasonsInView, textInView } from '../reasons.js';
import '../styles/why.css';
import { laterWords } from '../words/later/index.js';
import { GateFigure } from './gate-figure.js';
import type { PageProps } from './page.js';
import { PutBack, WhatIf, type LeftOut } from './what-if.js';
import { WordsFigure } from './words-figure.js';

export function Why({ state, actions }: PageProps) {
  useEffect(() => {
    const until = new AbortController();
    explain(state, actions.reader, until.signal);
    return () => until.abort();
  }, [state, actions]);
  const leftOut = useSignal<LeftOut | undefined>(undefined);
  return (
    <section class="why" aria-label={laterWords.value.panel}>
      {leftOut.value && <PutBack state={state} actions={actions} done={leftOut.value} />}
      <Found state={state} actions={actions} leftOut={leftOut} />
    </section>
  );
}

function Found({ state, actions, leftOut }: PageProps & { leftOut: Signal<LeftOut | undefined> }) {
  const said = laterWords.value;
  if (!('Segmenter' in Intl)) return <p class="note">{said.unsupported}</p>;
  if (state.reallyStop.value) return <p class="note">{said.stops}</p>;
  const now = reasonsInView(state);
  // What was found of the text before stands until the next is known, unless another text or model took its place.
  const before = state.reasons.value;
  const one = state.input.value === 'one';
  const reasons = now ?? (one && before?.model === state.info.value?.name && state.text.value.trim() !== '' ? before : undefined);
  if (!reasons) return <p class="note">{textInView(state) !== undefined || state.busy.value ? said.waiting : one ? said.nothing : said.point}</p>;
  const page = { state, actions, reasons };
  return (
    <div class={now ? undefined : 'stale'} aria-busy={!now}>
      <WordsFigure {...page} />
      {reasons.isWhole && <WhatIf {...page} onLeftOut={(done) => (leftOut.value = done)} />}
      <GateFigure {...page} />
    </div>
  );
}

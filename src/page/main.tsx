/** Starts the page: state from the link, actions on the library, the link kept up to date. */

import { effect } from '@preact/signals';
import { render } from 'preact';
import { deleteModel, keepModel, modelStorage, pipeline } from '../index.js';
import { createActions } from './actions.js';
import { FigureSource } from './charts/figure-source.js';
import { asksFirst, downloadSize, wasHere } from './downloads.js';
import { makeRoom, runtimeStorage, startServiceWorker } from './offline.js';
import { linkOf, readDevice, readPermalink, writePermalink } from './permalink.js';
import { readRivals } from './rivals.js';
import { readCalibration } from './read-calibration.js';
import { createState } from './state.js';
import { tasks } from './tasks/index.js';
import { App } from './views/app.js';
import { language, languageOf, words } from './words/index.js';

const query = new URLSearchParams(location.search);
const named = query.get('model');
const linked = readPermalink(location.hash);
/** What a visitor's browser asks for. */
const usual = languageOf(navigator.languages);

const state = createState({
  task: tasks[0],
  text: (linked.task ?? tasks[0]).first,
  speed: 0.5,
  device: readDevice(query.get('device')) ?? 'auto',
  ...linked,
});

const actions = createActions(state, {
  model: ({ id }) => (named !== null && onThisServer(named)) || onThisServer(`models/${id}`)!,
  calibration: async ({ id }) => readCalibration(onThisServer(`models/${id}/`)!),
  rivals: async ({ id, hasRivals }) =>
    named === null && hasRivals ? readRivals(onThisServer(`models/${id}/rivals.json`)!) : undefined,
  pipeline,
  storage: { modelStorage, keepModel, deleteModel, runtime: runtimeStorage, makeRoom },
  playing: named !== null ? 'never' : matchMedia('(prefers-reduced-motion: reduce)').matches ? 'still' : 'moving',
  wasHere,
  asksFirst,
  downloadSize,
  nextFrame: (show) => void requestAnimationFrame(show),
});

await actions.speak(linked.language ?? usual);
render(
  <FigureSource.Provider value={figureSource}>
    <App state={state} actions={actions} choosesTask={named === null} />
  </FigureSource.Provider>,
  document.getElementById('page')!,
);
void actions.start(linked);
keepPermalink();
effect(() => {
  document.documentElement.lang = language.value;
  document.title = words.value.title;
});
// Where it cannot be had, the page needs its network.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void startServiceWorker((takeIn) => (state.update.value = takeIn)).catch(() => {});
}

/** A package's full address; undefined for one from elsewhere, which the page never loads. */
function onThisServer(path: string): string | undefined {
  const url = new URL(path, document.baseURI);
  return url.origin === location.origin ? url.href : undefined;
}

function figureSource(): string {
  const { task, info, speed } = state;
  const model = named === null ? words.peek().tasks[task.peek().id].name : info.peek()?.name;
  return [model, words.peek().speed.is(speed.peek().toFixed(2)), 'fastbert-web'].join(' · ');
}

function keepPermalink(): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const hash = writePermalink(linkOf(state, usual));
    clearTimeout(timer);
    // Browsers count how often a page writes its address.
    timer = setTimeout(() => {
      written = hash;
      history.replaceState(null, '', hash);
    }, 400);
  });
  addEventListener('hashchange', () => {
    if (location.hash !== written) void actions.follow(readPermalink(location.hash));
  });
}

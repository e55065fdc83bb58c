/** Starts the page: state from the link, actions on the library, the link kept up to date. */

import { effect } from '@preact/signals';
import { render } from 'preact';
import { pipeline } from '../index.js';
import { createActions } from './actions.js';
import { readDevice, readPermalink, writePermalink } from './permalink.js';
import { createState } from './state.js';
import { firstText } from './texts/examples.js';
import { App } from './views/app.js';

const query = new URLSearchParams(location.search);

const state = createState({
  text: firstText,
  speed: 0.5,
  device: readDevice(query.get('device')) ?? 'auto',
  ...readPermalink(location.hash),
});

const actions = createActions(state, {
  model: modelUrl(query.get('model')),
  pipeline,
  nextFrame: (show) => void requestAnimationFrame(show),
});

render(<App state={state} actions={actions} />, document.getElementById('page')!);
void actions.start();
keepPermalink();

/** Another package on this server, if the query names one; never one from elsewhere. */
function modelUrl(named: string | null): string {
  const own = new URL('models/sst2', document.baseURI);
  const other = named === null ? own : new URL(named, document.baseURI);
  return other.origin === own.origin ? other.href : own.href;
}

function keepPermalink(): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const hash = writePermalink({
      text: state.text.value,
      speed: state.speed.value,
      device: state.device.value,
    });
    clearTimeout(timer);
    // Browsers count how often a page writes its address.
    timer = setTimeout(() => {
      written = hash;
      history.replaceState(null, '', hash);
    }, 400);
  });
  addEventListener('hashchange', () => {
    if (location.hash !== written) actions.follow(readPermalink(location.hash));
  });
}

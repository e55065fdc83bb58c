/** How fast is it on this device? Asked for with a button, since it takes a while. */

import type { Measurement } from '../measure/measure.js';
import { deviceName, milliseconds } from '../wording.js';
import type { PageProps } from './page.js';

export function MeasurePanel({ state, actions }: PageProps) {
  if (!state.info.value) return null;
  const measuring = state.measuring.value;
  return (
    <section class="measure" aria-label="Speed on this device">
      <h2>Speed on this device</h2>
      {measuring?.status === 'running' ? (
        <p class="measuring">
          <progress aria-label="Measured so far" value={measuring.share} />
          <button type="button" onClick={actions.stopMeasuring}>
            Stop
          </button>
        </p>
      ) : (
        <p>
          <button type="button" onClick={() => void actions.measureHere()}>
            {measuring ? 'Measure again' : 'Measure on this device'}
          </button>{' '}
          <span class="note">
            {measuring ? '' : "This task's examples at five speeds, in turns; a minute at most."}
          </span>
        </p>
      )}
      {measuring?.status === 'done' && <Result {...measuring.result} />}
    </section>
  );
}

function Result(result: Measurement) {
  const { device, deviceDescription, texts, rounds, speeds } = result;
  return (
    <>
      <p class="note">
        {deviceName(device)}, {deviceDescription}; {texts} texts, each {rounds} times at each speed, one by one.
      </p>
      <div class="scroller">
        <table aria-label="Milliseconds a text by speed">
          <thead>
            <tr>
              <th scope="col">Speed</th>
              <th scope="col">layers</th>
              <th scope="col">mean</th>
              <th scope="col">median</th>
              <th scope="col">slowest 5 %</th>
              <th scope="col">times faster</th>
            </tr>
          </thead>
          <tbody>
            {speeds.map(({ speed, layers, mean, p50, p95, ratio, interval }) => (
              <tr key={speed}>
                <th scope="row">{speed}</th>
                <td>{layers.toFixed(2)}</td>
                <td>{milliseconds(mean)}</td>
                <td>{milliseconds(p50)}</td>
                <td>{milliseconds(p95)}</td>
                <td>{speed === 0 ? '1' : `${ratio.toFixed(2)} (${interval.map((end) => end.toFixed(2)).join(' to ')})`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a download="fastbert-web-speed.json" href={asFile(result)}>
          Save as JSON
        </a>
      </p>
    </>
  );
}

function asFile(result: Measurement): string {
  const json = JSON.stringify({ browser: navigator.userAgent, ...result }, null, 1);
  return `data:application/json,${encodeURIComponent(json)}`;
}

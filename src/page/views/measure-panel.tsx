/** How fast is it on this device? Asked for with a button, since it takes a while. */

import type { Measurement } from '../measure/measure.js';
import { deviceName, milliseconds } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function MeasurePanel({ state, actions }: PageProps) {
  if (!state.info.value) return null;
  const measuring = state.measuring.value;
  const said = words.value.measure;
  return (
    <section class="measure" aria-label={said.title}>
      <h2>{said.title}</h2>
      {measuring?.status === 'running' ? (
        <p class="measuring">
          <progress aria-label={said.sofar} value={measuring.share} />
          <button type="button" onClick={actions.stopMeasuring}>
            {said.stop}
          </button>
        </p>
      ) : (
        <p>
          <button type="button" onClick={() => void actions.measureHere()}>
            {measuring ? said.again : said.start}
          </button>{' '}
          <span class="note">{measuring ? '' : said.note}</span>
        </p>
      )}
      {measuring?.status === 'done' && <Result {...measuring.result} />}
    </section>
  );
}

function Result(result: Measurement) {
  const { device, deviceDescription, texts, rounds, speeds } = result;
  const { measure: said, range } = words.value;
  return (
    <>
      <p class="note">{said.how(deviceName(device), deviceDescription, texts, rounds)}</p>
      <div class="scroller">
        <table aria-label={said.table}>
          <thead>
            <tr>
              {said.head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
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
                <td>{speed === 0 ? '1' : `${ratio.toFixed(2)} (${range(interval[0].toFixed(2), interval[1].toFixed(2))})`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a download="fastbert-web-speed.json" href={asFile(result)}>
          {said.save}
        </a>
      </p>
    </>
  );
}

function asFile(result: Measurement): string {
  const json = JSON.stringify({ browser: navigator.userAgent, ...result }, null, 1);
  return `data:application/json,${encodeURIComponent(json)}`;
}

/** Where the model runs, how it got there, and the choice of another device. */

import type { ModelInfo } from '../../index.js';
import { readDevice } from '../permalink.js';
import type { Loading } from '../state.js';
import { deviceName, megabytes, milliseconds } from '../wording.js';
import type { PageProps } from './page.js';

export function DevicePanel({ state, actions }: PageProps) {
  const loading = state.loading.value;
  return (
    <fieldset class="device">
      <legend class="visually-hidden">Device</legend>
      <div class="badge" role="status" aria-label="Model">
        {loading.status === 'ready' && <Badge info={loading.info} />}
        {loading.status === 'failed' && <p>No model is loaded.</p>}
        {loading.status === 'loading' && <p>{loading.total > 0 ? 'Loading the model …' : 'Looking for the model …'}</p>}
      </div>
      {loading.status === 'loading' && <Download {...loading} />}
      <label>
        <span>Run on</span>
        <select
          value={state.device.value}
          onChange={(event) => void actions.chooseDevice(readDevice(event.currentTarget.value) ?? 'auto')}
        >
          <option value="auto">what is fastest here</option>
          <option value="webgpu">WebGPU</option>
          <option value="wasm">WASM</option>
        </select>
      </label>
    </fieldset>
  );
}

function Badge({ info }: { info: ModelInfo }) {
  const { device, deviceDescription, measured } = info;
  return (
    <>
      <p>
        <strong>{deviceName(device)}</strong> <span>{deviceDescription}</span>
      </p>
      {measured && (
        <p class="note">
          WebGPU {milliseconds(measured.webgpu)}, WASM {milliseconds(measured.wasm)} a layer, measured here
        </p>
      )}
    </>
  );
}

/** Not inside the status: a screen reader would read every step of it. */
function Download({ loaded, total }: Extract<Loading, { status: 'loading' }>) {
  const words = total > 0 ? `${megabytes(loaded)} of ${megabytes(total)}` : '';
  return (
    <p class="download">
      <progress aria-label="Download" aria-valuetext={words} {...(total > 0 ? { value: loaded, max: total } : {})} />
      <span>{words}</span>
    </p>
  );
}

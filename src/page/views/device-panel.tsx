/** Where the model runs, how it got there, and the choice of another device. */

import type { ModelInfo } from '../../index.js';
import { readDevice } from '../permalink.js';
import type { Loading } from '../state.js';
import { deviceName, gpuInWords, megabytes } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function DevicePanel({ state, actions }: PageProps) {
  const loading = state.loading.value;
  const said = words.value.device;
  return (
    <fieldset class="device">
      <legend class="visually-hidden">{said.legend}</legend>
      <div class="badge" role="status" aria-label={said.model}>
        {loading.status === 'ready' && <Badge info={loading.info} />}
        {(loading.status === 'offered' || loading.status === 'untaught') && <p>{said.offered}</p>}
        {loading.status === 'failed' && <p>{said.none}</p>}
        {loading.status === 'loading' && <p>{loading.total > 0 ? said.loading : said.looking}</p>}
      </div>
      {loading.status === 'loading' && <Download {...loading} />}
      <label>
        <span>{said.runOn}</span>
        <select
          value={state.device.value}
          onChange={(event) => void actions.chooseDevice(readDevice(event.currentTarget.value) ?? 'auto')}
        >
          <option value="auto">{said.fastest}</option>
          <option value="webgpu">WebGPU</option>
          <option value="wasm">WASM</option>
        </select>
      </label>
    </fieldset>
  );
}

function Badge({ info }: { info: ModelInfo }) {
  const { device, deviceDescription, gpu } = info;
  return (
    <>
      <p>
        <strong>{deviceName(device)}</strong> <span>{deviceDescription}</span>
      </p>
      {gpu && <p class="note">{gpuInWords(gpu)}</p>}
    </>
  );
}

/** Not inside the status: a screen reader would read every step of it. */
function Download({ loaded, total }: Extract<Loading, { status: 'loading' }>) {
  const { download, loaded: sofar } = words.value.device;
  const size = total > 0 ? sofar(megabytes(loaded), megabytes(total)) : '';
  return (
    <p class="download">
      <progress aria-label={download} aria-valuetext={size} {...(total > 0 ? { value: loaded, max: total } : {})} />
      <span>{size}</span>
    </p>
  );
}

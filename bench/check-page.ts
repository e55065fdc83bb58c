/**
 * What a browser is held to, whichever it is: the library's calls, and the page in a frame as its visitor
 * uses it. Runs by itself once opened, shows what it finds, and sends it to the address behind `#`.
 */

import { deleteModel, keepModel, modelStorage, pipeline, type Device, type Verdict } from '../src/index.js';
import { tasks } from '../src/page/tasks/index.js';
import { compareKernels } from './compare-kernels.js';

export interface Check {
  what: string;
  isFine: boolean;
  /** What was found, or what went wrong. */
  detail: string;
}

/** One text at one speed: what browsers are compared by. */
export interface Answer {
  label: string;
  exit: number;
  uncertainty: number;
}

export interface Findings {
  userAgent: string;
  checks: Check[];
  /** On WASM; empty where that failed. */
  answers: Answer[];
}

const MODEL = '/models/sst2';
const SPEEDS = [0, 0.3, 0.8];
const TEXTS = (await tasks[0].sentences()).map(({ text }) => text);
/** Milliseconds that anything may take: a software GPU and a cold cache are slow. */
const PATIENCE = 120_000;

const findings: Findings = { userAgent: navigator.userAgent, checks: [], answers: [] };
const server = location.hash.slice(1);

/** Asks the server for what a page cannot do by itself. */
async function tell(what: 'findings' | 'network-gone' | 'network-back', body = ''): Promise<void> {
  await fetch(server + what, { method: 'POST', body });
}

function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** @param task gives what was found, in words */
async function check(what: string, task: () => Promise<string>): Promise<void> {
  const line = document.querySelector('ol')!.appendChild(document.createElement('li'));
  line.textContent = `${what} …`;
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), PATIENCE);
  });
  const found = await Promise.race([task(), late]).then(
    (detail) => ({ what, isFine: true, detail }),
    (error: Error) => ({ what, isFine: false, detail: `${error.name}: ${error.message}` }),
  );
  clearTimeout(timer!);
  findings.checks.push(found);
  line.textContent = `${what}: ${found.isFine ? 'fine' : 'FAILED'} (${found.detail})`;
}

/** The name of the error that a call ends with. */
function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: Error) => error.name,
  );
}

async function library(device: Device, texts: string[]): Promise<Verdict[]> {
  const classify = await pipeline('text-classification', MODEL, { device });
  try {
    const verdicts = [];
    for (const speed of SPEEDS) verdicts.push(...(await classify.trace(texts, { speed })));
    expect(
      verdicts.every((verdict) => verdict.device === device),
      `asked for ${device}, ran elsewhere`,
    );
    return verdicts;
  } finally {
    await classify.dispose();
  }
}

await check('all kernels of the encoder agree', async () => {
  const model = new URL(`${MODEL}/`, location.href).href;
  const times = [];
  for (const tokens of [21, 64, 256]) {
    const found = await compareKernels(model, tokens);
    for (const { kernel, logits } of found) {
      expect(logits.every((one) => one.join() === logits[0]!.join()), `${kernel} says one thing and then another`);
      const off = Math.max(...logits[0]!.map((v, i) => Math.abs(v - found[0]!.logits[0]![i]!)));
      expect(off < 0.2, `${kernel} is off by ${off}`);
    }
    times.push(`${tokens} tokens, all layers and exits: ${found.map(({ kernel, ms }) => `${kernel} ${ms.toFixed(2)} ms`).join(', ')}`);
  }
  return times.join('; ');
});

await check('classifies on WASM', async () => {
  const verdicts = await library('wasm', TEXTS);
  findings.answers = verdicts.map(({ label, exit, uncertainty }) => ({ label, exit, uncertainty }));
  return `${verdicts.length} answers`;
});

await check('WebGPU', async () => {
  const adapter = await navigator.gpu?.requestAdapter();
  // A software GPU takes a second a text.
  if (adapter) return `${(await library('webgpu', TEXTS.filter((_, i) => i % 5 === 0))).length} answers`;
  const name = await failure(pipeline('text-classification', MODEL, { device: 'webgpu' }));
  expect(name === 'DeviceError', `there is none, and asking for it gives ${name}`);
  return navigator.gpu ? 'no adapter here, which a DeviceError says' : 'not in this browser, which a DeviceError says';
});

await check('chooses a device', async () => {
  const classify = await pipeline('text-classification', MODEL);
  const { device, deviceDescription } = classify.info;
  await classify('A joy.');
  await classify.dispose();
  return `${device}, ${deviceDescription}`;
});

await check('streams, aborts, is disposed of', async () => {
  const classify = await pipeline('text-classification', MODEL, { device: 'wasm' });
  const labels: string[] = [];
  for await (const { label } of classify.stream(TEXTS, { speed: 0.3 })) labels.push(label);
  expect(labels.length === TEXTS.length, `${labels.length} answers to ${TEXTS.length} texts`);
  const controller = new AbortController();
  const running = failure(classify(Array<string>(500).fill(TEXTS[0]!), { speed: 0, signal: controller.signal }));
  setTimeout(() => controller.abort(), 50);
  expect((await running) === 'AbortError', `an aborted call ends as ${await running}`);
  const [next] = await classify(TEXTS[0]!);
  expect(next !== undefined, 'the call after it has no answer');
  await classify.dispose();
  const disposed = await failure(classify('A joy.'));
  expect(disposed === 'DisposedError', `a call after dispose() ends as ${disposed}`);
  return `${labels.length} streamed`;
});

await check('shares a call among workers', async () => {
  const classify = await pipeline('text-classification', MODEL, { device: 'wasm', workers: 2 });
  const all = Array.from({ length: 5 }, () => TEXTS).flat();
  // The second worker joins in one of them; the third call begins with both.
  for (let round = 0; round < 3; round++) {
    const verdicts = await classify.trace(all, { speed: 0.3 });
    const isSame = verdicts.every(({ uncertainty }, i) => uncertainty === findings.answers[TEXTS.length + (i % TEXTS.length)]?.uncertainty);
    expect(isSame, 'a text is answered otherwise among many');
  }
  await classify.dispose();
  return `${all.length} texts, three times`;
});

await check('refuses a damaged shard', async () => {
  const name = await failure(pipeline('text-classification', '/damaged/fixture', { device: 'wasm', prefetch: 'all' }));
  expect(name === 'IntegrityError', `it ends as ${name}`);
  return 'IntegrityError';
});

await check('keeps a model, and deletes it', async () => {
  await keepModel(MODEL);
  const { missing, bytes } = await modelStorage(MODEL);
  expect(missing === 0, `${missing} bytes of ${bytes} are missing`);
  await deleteModel(MODEL);
  const after = await modelStorage(MODEL);
  expect(after.missing > 0, 'nothing was deleted');
  return `${(bytes / 1e6).toFixed(1)} MB`;
});

const frame = document.body.appendChild(document.createElement('iframe'));

/** Waits until something in the page is so. */
async function until(what: string, holds: (page: Document) => unknown): Promise<void> {
  const end = performance.now() + PATIENCE / 2;
  while (!frame.contentDocument || !holds(frame.contentDocument)) {
    if (performance.now() > end) throw new Error(`${what}: not so after a minute; the page says: ${frame.contentDocument?.body.innerText.slice(0, 300)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function openPage(): Promise<unknown> {
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  frame.src = `/index.html?device=wasm&visit=${performance.now()}`;
  return loaded;
}

const verdictOf = (page: Document): string => page.querySelector('[aria-labelledby=verdict-title], section[aria-label=Verdict]')?.textContent ?? '';

function write(text: string): void {
  const box = frame.contentDocument!.querySelector('textarea')!;
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

await check('the page classifies', async () => {
  await openPage();
  await until('an answer to the first text', (page) => /positive|negative/.test(verdictOf(page)));
  write('A waste of time.');
  await until('negative', (page) => verdictOf(page).includes('negative'));
  write('I would watch it again tomorrow.');
  await until('positive', (page) => verdictOf(page).includes('positive'));
  return verdictOf(frame.contentDocument!).replaceAll(/\s+/g, ' ').trim().slice(0, 60);
});

await check('the page opens without a network', async () => {
  const { serviceWorker } = frame.contentWindow!.navigator;
  await serviceWorker.ready;
  await openPage(); // from here on the service worker keeps ONNX Runtime
  await until('an answer', (page) => /positive|negative/.test(verdictOf(page)));
  await keepModel(MODEL);
  await tell('network-gone');
  try {
    await openPage();
    await until('an answer without a network', (page) => /positive|negative/.test(verdictOf(page)));
    write('A waste of time.');
    await until('negative', (page) => verdictOf(page).includes('negative'));
  } finally {
    await tell('network-back');
  }
  return 'and classifies';
});

await tell('findings', JSON.stringify(findings));

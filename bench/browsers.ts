/**
 * `npm run -s browsers`: the library and the page in browsers that Playwright does not drive here. Each is
 * started as it is, on a page that checks itself and sends home what it found; Chromium comes first, and
 * the others are held against its answers.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { answerWith } from '../e2e/faults.js';
import type { Answer, Findings } from './check-page.js';
import { findChromium, LAUNCH_ARGS, starts } from './chromium.mjs';
import { command } from './command.js';
import { serve } from './serve.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);
const HELP = `The library and the page in every browser that is here: Chromium, Firefox, WebKit (of GTK, with Xvfb).

  npm run -s browsers -- [options]

  --only NAME   chromium, firefox or webkit
  --json        print one JSON object
  --help        print this

On Debian: apt install firefox-esr webkit2gtk-driver xvfb
`;
/** Where Debian puts the browser that comes with WebKit of GTK. */
const MINI_BROWSERS = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);
/** Until a browser has sent what it found. */
const PATIENCE = 10 * 60_000;
/** Answers may differ by so much between builds of one engine's arithmetic. */
const CLOSE = 1e-3;

interface Browser {
  name: 'chromium' | 'firefox' | 'webkit';
  /** Where it is, or undefined. */
  file: string | undefined;
  /** @param profile an empty folder */
  command(file: string, profile: string, url: string): string[];
}

function onPath(...names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).filter((file) => existsSync(file));
}

async function browsers(): Promise<Browser[]> {
  return [
    {
      name: 'chromium',
      file: await findChromium(),
      command: (file, profile, url) => [file, '--headless=new', `--user-data-dir=${profile}`, ...LAUNCH_ARGS, url],
    },
    {
      name: 'firefox',
      file: onPath('firefox', 'firefox-esr').find(starts),
      command: (file, profile, url) => [file, '--headless', '--no-remote', '--profile', profile, url],
    },
    {
      name: 'webkit',
      file: onPath('xvfb-run').length > 0 ? MINI_BROWSERS.find((file) => existsSync(file)) : undefined,
      command: (file, _, url) => ['xvfb-run', '-a', file, url],
    },
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const all = await browsers();
  const wanted = all.filter(({ name, file }) => file && (!values.only || values.only === name));
  if (wanted.length === 0) throw new UsageError(`no such browser here.\n\n${HELP}`);
  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  await build({ configFile: path.join(ROOT, 'vite.config.ts'), logLevel: 'error' });
  const found: Record<string, Findings> = {};
  for (const browser of wanted) found[browser.name] = await visit(browser);
  const reference = found['chromium']?.answers;
  const agreements = Object.fromEntries(
    Object.entries(found).map(([name, { answers }]) => [name, reference && agreement(answers, reference)]),
  );
  if (Object.values(found).some(({ checks }) => checks.some(({ isFine }) => !isFine))) process.exitCode = 1;
  if (values.json) {
    const lines = Object.entries(found).map(([name, { answers: _, ...rest }]) => [name, { ...rest, sameAsChromium: agreements[name] }]);
    return console.log(JSON.stringify(Object.fromEntries(lines)));
  }
  for (const [name, { userAgent, checks }] of Object.entries(found)) {
    console.log(`${name}: ${userAgent}`);
    for (const { what, isFine, detail } of checks) console.log(`  ${isFine ? 'fine  ' : 'FAILED'}  ${what}: ${detail}`);
    if (name !== 'chromium' && agreements[name]) console.log(`  ${agreements[name]}`);
  }
  for (const { name } of all.filter(({ file }) => !file)) console.log(`${name}: not here`);
}

function agreement(answers: Answer[], reference: Answer[]): string {
  const same = answers.filter(({ label, exit, uncertainty }, i) => {
    const there = reference[i]!;
    return label === there.label && exit === there.exit && Math.abs(uncertainty - there.uncertainty) < CLOSE;
  });
  return `${same.length} of ${reference.length} answers as in Chromium: label, exit, and uncertainty within ${CLOSE}`;
}

/** Starts a browser on the page that checks itself, and waits for what it sends. */
async function visit({ name, file, command: how }: Browser): Promise<Findings> {
  let isGone = false;
  const site = await serve(
    [
      { at: '/damaged/', folder: path.join(ROOT, 'e2e/models') },
      { at: '/harness/', folder: path.join(ROOT, 'dist-bench') },
      { at: '/', folder: path.join(ROOT, 'dist') },
    ],
    (pathname, onDisk, response) => {
      if (isGone) response.destroy();
      else if (pathname.startsWith('/damaged/shards/')) answerWith('altered', onDisk, response);
      else return false;
      return true;
    },
  );
  const profile = mkdtempSync(path.join(tmpdir(), 'fastbert-web-'));
  const { desk, findings } = await listen((gone) => (isGone = gone));
  const { port } = desk.address() as AddressInfo;
  const [program, ...options] = how(file!, profile, `${site.url}harness/check.html#http://127.0.0.1:${port}/`);
  // A home of its own: MiniBrowser takes no profile's folder. And a group of its own, to end all of it.
  const child = spawn(program!, options, { detached: true, stdio: 'ignore', env: { ...process.env, HOME: profile } });
  let timer: ReturnType<typeof setTimeout>;
  try {
    return await Promise.race([
      findings,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${name} sent nothing in ${PATIENCE / 60_000} minutes`)), PATIENCE);
        child.once('exit', (code) => reject(new Error(`${name} ended by itself (${String(code)})`)));
      }),
    ]);
  } finally {
    clearTimeout(timer!);
    child.removeAllListeners('exit');
    process.kill(-child.pid!, 'SIGKILL');
    desk.close();
    desk.closeAllConnections();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where the page sends what it found, and whom it tells when the network is to go and to come back. */
async function listen(network: (isGone: boolean) => void): Promise<{ desk: Server; findings: Promise<Findings> }> {
  let hand: (findings: Findings) => void;
  const findings = new Promise<Findings>((resolve) => (hand = resolve));
  const desk = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (request.url === '/network-gone') network(true);
      if (request.url === '/network-back') network(false);
      if (request.url === '/findings') hand(JSON.parse(body) as Findings);
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }).end();
    });
  });
  await new Promise<void>((ready) => desk.listen(0, '127.0.0.1', ready));
  return { desk, findings };
}

await command(main);

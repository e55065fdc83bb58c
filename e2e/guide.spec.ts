/** The guide's examples in a page, with the package and the models that they name. */

import path from 'node:path';
import { build } from 'vite';
import { serve } from '../bench/serve.js';
import { inWindows } from './in-windows.js';
import { expect, ROOT, test } from './install.js';

// The examples leave the choice of a device to the library: without the software GPU it is made at once.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: launchOptions.args!.filter((arg) => !arg.includes('webgpu')) }) });

test('the examples of the guide do what it says', async ({ page, install }) => {
  const app = install('vite');
  const outDir = path.join(app, 'guide');
  await build({
    root: path.join(ROOT, 'e2e/apps/guide'),
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: {
        'fastbert-web/core': path.join(app, 'node_modules/fastbert-web/dist-lib/core.js'),
        'fastbert-web': path.join(app, 'node_modules/fastbert-web'),
      },
    },
    build: { outDir, emptyOutDir: true },
  });
  const site = await serve([
    { at: '/models/', folder: path.join(ROOT, 'public/models') },
    { at: '/my-models/requests/', folder: path.join(ROOT, 'e2e/models/mixed') },
    { at: '/my-models/reviews/', folder: path.join(ROOT, 'e2e/models/fixture') },
    { at: '/my-models/', folder: path.join(ROOT, 'e2e/models') },
    { at: '/', folder: outDir },
  ]);
  await inWindows(page, { max_tokens: 16, windows: 2 }, '/my-models/reviews/');
  await page.goto(site.url);
  const patient = expect.configure({ timeout: 60_000 });

  const box = page.getByLabel('Comment');
  await box.pressSequentially('What a waste of time, utterly dreadful.');
  await patient(page.locator('#hint')).toHaveText('Would you say this to their face?');
  await box.fill('What a lovely, moving story.');
  await box.blur();
  await patient(page.locator('#hint')).toHaveText('');

  const message = page.getByLabel('Message');
  await message.fill('I lost my credit card');
  await message.blur();
  await patient(page.locator('#desk')).toHaveText('report_lost_card');
  await message.fill('My parcel has not arrived');
  await message.blur();
  await patient(page.locator('#desk')).toHaveText('ask a human');

  const request = page.getByLabel('Request');
  await request.fill('set an alarm for six and then tell me the weather in paris');
  await request.blur();
  await patient(page.locator('#asked')).toHaveText('asked for alarm, weather; 0 unclear');

  const question = page.getByLabel('Question');
  await question.fill('the red car stands at the door');
  await question.blur();
  await patient(page.locator('#same')).toHaveText('they painted the wall red');

  const review = page.getByLabel('Review');
  const sentences = ['It is dull.', 'I loved every minute of it, and so did they.', 'The end is a mess, and it is far too long.'];
  for (const [text, judged] of [[sentences[0], /^\w+: It is dull\.$/], [sentences.slice(0, 2).join(' '), /^\w+: .*\.$/], [sentences.join(' '), /^\w+: .* …$/]] as const) {
    await review.fill(text!);
    await review.blur();
    await patient(page.locator('#judged')).toHaveText(judged);
  }

  const opinion = page.getByLabel('Opinion');
  await opinion.fill('The plot is thin, but I loved every minute.');
  await opinion.blur();
  await patient(page.locator('#words')).toHaveText(/^positive: loved.*; against: /);

  const story = page.getByLabel('Story');
  await story.fill('The striker scored twice in the cup final');
  await story.blur();
  await patient(page.locator('#topic')).toHaveText('sports; 1.2 layers, with 95 % confidence: 4 of 1000 dev texts might differ');

  await page.locator('#teach').click();
  await patient(page.locator('#folder')).toHaveText('refunds');
  await expect(page.locator('#learnt')).toHaveText(/^learnt from 8 messages; of those like them about \d+ % right \(\d+ % to \d+ %\)$/);

  const csv = 'id,text\n1,"Oil prices rose, and the bank cut its forecast"\n2,The striker scored twice in the cup final\n';
  await page.getByLabel('News').setInputFiles({ name: 'news.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await patient(page.locator('pre')).toHaveText(
    /^id,text,topic,score\n1,"Oil prices rose, .*",business,0\.\d\d\n2,.*,sports,0\.\d\d$/,
  );
  expect(await page.locator('progress').getAttribute('value')).toBe('1');

  const lines = 'Oil prices rose, and the bank cut its forecast\nThe striker scored twice in the cup final\n';
  await page.getByLabel('Lines').setInputFiles({ name: 'news.txt', mimeType: 'text/plain', buffer: Buffer.from(lines) });
  await patient(page.locator('li')).toHaveText(['business', 'sports']);

  const offline = page.locator('#offline');
  await page.reload();
  await patient(offline).toHaveText(/^(Keep|Delete) /);
  // It may be here wholly: prefetched, and its graphs with the encoder that was taught, which has the same.
  if ((await offline.textContent())!.startsWith('Delete')) await offline.click();
  await patient(offline).toHaveText(/^Keep for offline use \(\d/);
  await offline.click();
  await patient(offline).toHaveText(/^Delete from this device \(20\.\d MB\)$/);
  await offline.click();
  await patient(offline).toHaveText(/^Keep for offline use \(\d/);
  await site.close();
});

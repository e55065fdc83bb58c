/** The kernels as a real browser compiles them, in haste first and well later. */

import { expect, test } from './fixtures.js';

test('every kernel says the same from its first run on, and the two relaxed ones to the bit', async ({ page, harness: _, site }) => {
  for (const tokens of [1, 7, 40]) {
    const found = await page.evaluate(([at, count]) => fastbert.compareKernels(at, count), [`${site.url}test-models/fixture/`, tokens] as const);
    expect(found.map(({ kernel }) => kernel)).toEqual(['plain', 'relaxed, our sum', "relaxed, the browser's sum"]);
    for (const { logits } of found) expect(new Set(logits.map(String)).size).toBe(1);
    const [plain, ours, browsers] = found.map(({ logits }) => logits[0]!);
    expect(browsers).toEqual(ours);
    plain!.forEach((v, i) => expect(Math.abs(v - ours![i]!)).toBeLessThan(0.05));
  }
});

import type { Page } from '@playwright/test';

/** Moves the slider and holds it: what the page shows is replayed. (`fill` would also let go, and a real run follow.) */
export async function slide(page: Page, speed: number): Promise<void> {
  await page.getByRole('slider', { name: 'Speed' }).evaluate((input: HTMLInputElement, to) => {
    input.value = String(to);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, speed);
}

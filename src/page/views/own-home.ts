/** Where the keyboard goes on when what it was on is gone: to the head of the view of one's own labels. */

export function goHome(from: Element): void {
  from.closest('.own')?.querySelector<HTMLElement>('h2')?.focus();
}

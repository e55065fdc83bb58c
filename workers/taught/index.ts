/** What is fetched where a page teaches, or was taught (see `taught-exits.ts`). */

export { taughtExits } from './exits.js';
export { Teaching } from './teaching.js';

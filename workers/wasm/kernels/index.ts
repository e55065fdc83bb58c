/** What the host calls. */

export { layer } from './layer';
export { exit } from './exit';
export { head } from './head';
export { packRows } from './pack';
export { dotOf, product, useEngineSum } from './product';
export { roundRows } from './round';

import { ACTIVATION } from './structs';

export const activationBytes: i32 = ACTIVATION;
export const heapBase: usize = __heap_base;

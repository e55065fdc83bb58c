/** The lessons of this page: there is one teacher, and every view that shows it is of that. */

import { deleteModel, keptTeachings, pipeline, teach } from '../../index.js';
import type { Actions } from '../actions.js';
import { createLessons, type Lessons } from './lessons.js';

export const ENCODER = new URL('models/general', document.baseURI).href;

let here: Lessons | undefined;

export function lessonsHere({ take }: Pick<Actions, 'take'>): Lessons {
  return (here ??= createLessons({
    teach,
    pipeline,
    keptTeachings,
    encoder: ENCODER,
    take,
    place: async (found) => (await import('./opened.js')).place(found),
    placed: async () => (await import('./opened.js')).placed(),
    remove: deleteModel,
  }));
}

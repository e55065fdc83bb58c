/** What the views of one's own labels are given. */

import type { Lessons } from '../own/lessons.js';

export interface LessonsProps {
  lessons: Lessons;
}

/** Intents: what somebody wants of an assistant, out of 150 things. */

import type { Task } from './task.js';

export const clinc150: Task = {
  id: 'clinc150',
  name: 'Intents',
  hasRivals: false,
  question: 'what somebody wants of an assistant, out of 150 things',
  placeholder: 'Ask an assistant for something: your bank, your kitchen, your car …',
  limits:
    'This model learned 150 things that people ask of an assistant. What is none of them gets one of the 150 ' +
    'names nevertheless: a high uncertainty is the only sign of it.',
  examples: [
    { kind: 'easy', text: 'wake me up at half past six tomorrow' },
    { kind: 'roundabout', text: 'my suitcase never came off the belt in lisbon' },
    { kind: 'close to another', text: 'has anyone looked at my request for days off yet' },
    { kind: 'two wishes', text: 'pay the electricity bill and tell me what is left in my account' },
    { kind: 'none of the 150', text: 'who painted the ceiling of that chapel in rome' },
    { kind: 'one word', text: 'milk' },
  ],
  first: 'has anyone looked at my request for days off yet',
  dozen: [
    { text: 'what is five miles in kilometres', label: 'measurement_conversion' },
    { text: 'somebody bought a sofa with my card and it was not me', label: 'report_fraud' },
    { text: 'put oat milk on the list for the supermarket', label: 'shopping_list_update' },
    { text: 'will i need an umbrella this evening', label: 'weather' },
    { text: 'how do you say good night in finnish', label: 'translate' },
    { text: 'a table for four on friday at eight please', label: 'restaurant_reservation' },
    { text: 'my suitcase never came off the belt in lisbon', label: 'lost_luggage' },
    { text: 'how long do eggs keep in the fridge', label: 'food_last' },
    { text: 'when does the plane from oslo land', label: 'flight_status' },
    { text: 'go back to how you were when i bought you', label: 'reset_settings' },
    { text: 'i would like the second week of june off', label: 'pto_request' },
    { text: 'heads or tails', label: 'flip_coin' },
  ],
};

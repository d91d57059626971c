/** The colours of people on paper. */
import { personColors } from '../../shared/people/person.ts';

/** As dark as the client's by day: what is marked is read on paper. */
const persons = ['#2b5aa6', '#1b7352', '#7846a3', '#8f5a0a', '#16697a', '#a02e66', '#5b6a16', '#7e4e3c'];

/** '#rrggbb' for a person's number. */
export const personColor = (color: number): string =>
  persons[Math.abs(Math.trunc(color)) % personColors] ?? '#000000';

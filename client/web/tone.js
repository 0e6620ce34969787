const COURSE = ['En attente', 'En cours', 'Terminée', 'Échec'];
export const TONES = ['waiting', 'running', 'done', 'failed', 'other'];

/** The tone in which a status is shown, by name and by index: one for each of the course, and one for all others. */
export function toneOf(status) {
  const found = COURSE.indexOf(status);
  const index = found < 0 ? TONES.length - 1 : found;
  return { name: TONES[index], index };
}

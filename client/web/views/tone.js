const TONES = new Map([
  ['En attente', 'waiting'],
  ['En cours', 'running'],
  ['Terminée', 'done'],
  ['Échec', 'failed'],
]);

/** The tone in which a status is shown: one for each status of the course, and one for all others. */
export function toneOf(status) {
  return TONES.get(status) ?? 'other';
}

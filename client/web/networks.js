/** The networks that the page imitates: their round trips, and the names that the lab knows some of them by. */
export const NETWORKS = [
  { name: 'none', roundTripMs: 0 },
  { name: 'wifi', roundTripMs: 10 },
  { name: '4g', roundTripMs: 70 },
  { name: 'unnamed', roundTripMs: 80 },
  { name: '3g', roundTripMs: 300 },
  { name: 'satellite', roundTripMs: 600 },
];

export const english = {
  language: 'en',
  other: { language: 'fr', name: 'Français' },
  question: 'Which transport, when, at what cost?',
  views: 'Views',
  oneView: 'One transport',
  raceView: 'The race of all',
  theme: 'Light or dark',
  taskName: 'Task',
  openTask: 'Open',

  task: (task) => `Status of the task “${task}”`,
  nothingYet: 'No answer yet',
  version: (version) => `version ${version}`,
  epoch: (epoch) => `epoch ${epoch}`,
  changed: 'changed',
  arrived: (age, uncertainty) => `arrived ${age} later (± ${uncertainty})`,
  before: 'before this page listened',
  spoken: (status, version) => `Status: ${status}, version ${version}`,

  connection: {
    'short-polling': {
      connected: 'Asks, is answered at once, rests',
      waiting: 'Asks, is answered at once, rests',
    },
    'long-polling': { connected: 'Connected', waiting: 'Request held by the server' },
    sse: { connected: 'Connected: the event stream is open' },
    ndjson: { connected: 'Connected: the NDJSON stream is open' },
    websocket: { connected: 'Connected: the WebSocket is open' },
    connecting: 'Connecting…',
    retrying: (seconds) => `Disconnected: trying again in ${seconds} s`,
  },

  trouble: {
    network: () => 'The server cannot be reached.',
    timeout: ({ atMost }) => `The server did not answer within ${atMost / 1000} s.`,
    http: ({ status, detail }) =>
      status >= 500
        ? `The server failed (${status})${detail ? `: ${detail}` : '.'}`
        : `The server refuses the request (${status})${detail ? `: ${detail}` : '.'}`,
    'not-a-snapshot': ({ said }) => `The answer is not a status in JSON: “${said}”`,
    refused: () => 'The connection could not be opened; the browser does not say why.',
    'not-upgraded': ({ by, setting }) =>
      `The server answers, but the WebSocket could not be opened: a proxy${by ? ` (${by})` : ''} may not pass on ` +
      `“Upgrade” (426)${setting ? `: ${setting}` : ''}, or it changes “Host”.`,
    silent: () => 'Nothing arrives: a proxy between this page and the server may be holding the answer back.',
    cut: ({ code }) => `The connection was cut${code ? ` (code ${code})` : ''}.`,
  },
  unknownTransport: (name) => `There is no transport “${name}”: long polling instead.`,

  update: 'Change the status',
  anyStatus: 'Another status',
  send: 'Send',
  automatic: 'Automatic updates',
  stopAutomatic: 'Stop the updates',
  rate: 'Rate',
  perSecond: (rate) => `${rate} a second`,
  unsent: (count) => `${count} could not be sent in time`,
  token: 'Token',
  tokenHint: 'This server requires a token to change the status. It is kept as long as this tab.',
  tryAgain: 'Try again',
  notUpdated: (reason) => `The change is not confirmed. ${reason}`,

  choose: 'The transport',
  interval: 'Short polling every',
  transport: {
    'short-polling': ['Short polling', 'Ask again and again; the server answers at once.'],
    'long-polling': ['Long polling', 'Ask; the server holds the request until there is news.'],
    sse: ['Server-sent events', 'Ask once; the answer stays open.'],
    ndjson: ['NDJSON stream', 'Ask once; the answer is a line of JSON for each version.'],
    websocket: ['WebSocket', 'Open a connection of its own, both ways.'],
  },

  timeline: 'On the wire',
  timelineLabel: 'Timeline: what goes over the wire, and what each shows. The table has the same facts in numbers.',
  server: 'The server',
  window: 'Time in sight',
  windows: { 12000: '12 s', 60000: '1 min', 600000: '10 min', 3600000: '1 h' },
  freeze: 'Freeze',
  goOn: 'Go on',
  lookBack: 'Look back',
  now: 'now',
  legend: {
    request: 'held request',
    tick: 'brief request',
    connection: 'open connection',
    news: 'new version (200)',
    nothing: 'nothing new (204)',
    unchanged: 'unchanged (304)',
    failed: 'failure',
    rest: 'rest before another try',
    again: 'another try',
    update: 'update',
    stale: 'out of date on display',
  },

  faults: 'Make trouble',
  faultsNote: 'In this page alone, and for reading: changes of the status go through all the same.',
  cut: 'Cut',
  offline: 'Offline',
  holding: 'Hold answers',
  losing: 'Lose one in three',
  delay: 'Delay',
  network: 'Imitate a network',
  networks: {
    none: () => 'none',
    wifi: (trip) => `wifi: ${trip}`,
    '4g': (trip) => `4g: ${trip}`,
    unnamed: (trip) => trip,
    '3g': (trip) => `3g: ${trip}`,
    satellite: (trip) => `satellite: ${trip}`,
  },
  networkNote:
    'An imitated network has a round trip and nothing else: this page delays what it sends by half of it, and what it ' +
    'receives by the other half. It loses no packets, limits no rate, and leaves out what TCP and TLS ask and answer to ' +
    'open a connection. “lab compare --network” measures with these.',

  costs: 'What each costs, and how late it is',
  transports: 'Transport',
  counts: {
    requests: 'Requests',
    bytes: 'Bytes received ≈',
    deliveries: 'Deliveries',
    theory: 'Mean by theory',
    median: 'Median delivery',
    p99: '99th percentile',
    staleness: 'Staleness',
    skipped: 'Skipped',
  },
  costsNote: [
    'Counted in this tab. Requests: questions and openings of a connection.',
    'Bytes received: bodies exactly; headers and framing estimated, heartbeats left out.',
    'Delivery: from the update, by the server’s clock, to its arrival here (median and 99th percentile of the last 2,000).',
    'By theory, while a network is imitated: half a round trip, and the wait for the next question of a poll.',
    'Staleness: how long ago, on average, what is shown had been replaced.',
    'Skipped: versions overtaken by a newer one before they came.',
  ],
  clock: (offset, uncertainty) => `The server’s clock: ${offset} (± ${uncertainty}) against the page’s.`,
  clockUnknown: 'The server’s clock is not known: no delivery times.',
  proof: (seen, skipped, repeated, back) =>
    `Versions seen: ${seen} · skipped: ${skipped} · received twice: ${repeated} · gone back: ${back}.`,
  reset: 'Reset',

  sharing: 'Many tabs',
  share: 'Share one connection between tabs',
  tabs: (count) => (count === 1 ? 'One tab is open.' : `${count} tabs are open.`),
  sharingState: {
    leading: 'This one holds the connection, and tells the others.',
    following: 'This one asks nothing: another tab holds the connection and tells it.',
    connecting: 'The sharing is being set up.',
    alone: 'The trouble is for this one alone: as long as it lasts, it has a connection of its own.',
    idle: 'This transport keeps none of the browser’s six connections: nothing to share.',
    race: 'In the race each lane has a connection of its own: that is what is measured.',
    off: 'Each tab holds a connection of its own.',
    crowded:
      'Each tab holds a connection of its own, and a browser opens only six at once to a server (HTTP/1.1): ' +
      'the others wait for their turn, and so does the button.',
    unavailable:
      'This browser does not allow the sharing here: it needs Web Locks, hence HTTPS or localhost. ' +
      'Each tab holds a connection of its own.',
  },
};

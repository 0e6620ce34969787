const french = {
  language: 'fr',
  other: { language: 'en', name: 'English' },
  question: 'Quel transport, quand, à quel prix ?',

  task: (task) => `Statut de la tâche « ${task} »`,
  nothingYet: 'Pas encore de réponse',
  version: (version) => `version ${version}`,
  epoch: (epoch) => `époque ${epoch}`,
  changed: 'changé',

  connection: {
    'short-polling': {
      connected: 'Connecté : une question par seconde',
      waiting: 'Connecté : une question par seconde',
    },
    'long-polling': { connected: 'Connecté', waiting: 'En attente : le serveur retient la requête' },
    sse: { connected: 'Connecté : le flux d’évènements est ouvert' },
    websocket: { connected: 'Connecté : le WebSocket est ouvert' },
    connecting: 'Connexion en cours…',
    retrying: (seconds) => `Déconnecté : nouvel essai dans ${seconds} s`,
  },

  trouble: {
    network: () => 'Le serveur est injoignable.',
    timeout: ({ atMost }) => `Le serveur n’a pas répondu en ${atMost / 1000} s.`,
    http: ({ status, detail }) =>
      status >= 500
        ? `Le serveur est en défaut (${status})${detail ? ` : ${detail}` : '.'}`
        : `Le serveur refuse la requête (${status})${detail ? ` : ${detail}` : '.'}`,
    'not-a-snapshot': ({ said }) => `La réponse n’est pas un statut en JSON : « ${said} »`,
    refused: () => 'La connexion n’a pas pu s’ouvrir ; le navigateur ne dit pas pourquoi.',
    cut: ({ code }) => `La connexion a été coupée${code ? ` (code ${code})` : ''}.`,
  },
  unknownTransport: (name) => `Le transport « ${name} » n’existe pas : long polling à la place.`,

  update: 'Changer le statut',
  anyStatus: 'Un autre statut',
  anyStatusHint: 'de 1 à 256 caractères',
  send: 'Envoyer',
  token: 'Jeton',
  tokenHint: 'Ce serveur demande un jeton à qui change le statut. Il est gardé le temps de cet onglet.',
  tryAgain: 'Réessayer',
  notUpdated: (reason) => `Le changement n’est pas confirmé. ${reason}`,

  choose: 'Choisir le transport, voir ce qu’il coûte',
  transports: 'Transport',
  transport: {
    'short-polling': ['Short polling', 'Demander chaque seconde ; le serveur répond aussitôt.'],
    'long-polling': ['Long polling', 'Demander ; le serveur retient la requête jusqu’au changement.'],
    sse: ['Server-sent events', 'Demander une fois ; la réponse reste ouverte.'],
    websocket: ['WebSocket', 'Ouvrir une connexion à part, dans les deux sens.'],
  },
  counts: { requests: 'Requêtes', deliveries: 'Livraisons', bytes: 'Octets', skipped: 'Sautées' },
  countsNote:
    'Compté dans cet onglet depuis son ouverture. Requêtes : questions et ouvertures de connexion. ' +
    'Octets : le corps des réponses, sans en-têtes ni habillage. ' +
    'Sautées : les versions dépassées par une plus récente avant d’arriver ici.',
  faults: ({ repeated, back }) => `Versions reçues deux fois : ${repeated} ; revenues en arrière : ${back}.`,
};

const english = {
  language: 'en',
  other: { language: 'fr', name: 'Français' },
  question: 'Which transport, when, at what cost?',

  task: (task) => `Status of the task “${task}”`,
  nothingYet: 'No answer yet',
  version: (version) => `version ${version}`,
  epoch: (epoch) => `epoch ${epoch}`,
  changed: 'changed',

  connection: {
    'short-polling': {
      connected: 'Connected: one question a second',
      waiting: 'Connected: one question a second',
    },
    'long-polling': { connected: 'Connected', waiting: 'Waiting: the server holds the request' },
    sse: { connected: 'Connected: the event stream is open' },
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
    cut: ({ code }) => `The connection was cut${code ? ` (code ${code})` : ''}.`,
  },
  unknownTransport: (name) => `There is no transport “${name}”: long polling instead.`,

  update: 'Change the status',
  anyStatus: 'Another status',
  anyStatusHint: '1 to 256 characters',
  send: 'Send',
  token: 'Token',
  tokenHint: 'This server asks a token of whoever changes the status. It is kept as long as this tab.',
  tryAgain: 'Try again',
  notUpdated: (reason) => `The change is not confirmed. ${reason}`,

  choose: 'Choose the transport, see what it costs',
  transports: 'Transport',
  transport: {
    'short-polling': ['Short polling', 'Ask every second; the server answers at once.'],
    'long-polling': ['Long polling', 'Ask; the server holds the request until there is news.'],
    sse: ['Server-sent events', 'Ask once; the answer stays open.'],
    websocket: ['WebSocket', 'Open a connection of its own, both ways.'],
  },
  counts: { requests: 'Requests', deliveries: 'Deliveries', bytes: 'Bytes', skipped: 'Skipped' },
  countsNote:
    'Counted in this tab since it was opened. Requests: questions and openings of a connection. ' +
    'Bytes: the bodies of answers, without headers or framing. ' +
    'Skipped: the versions overtaken by a newer one before they came here.',
  faults: ({ repeated, back }) => `Versions received twice: ${repeated}; gone back: ${back}.`,
};

const languages = { fr: french, en: english };

/** The texts in the first of the wanted languages that there is, else in French, the course's own. */
export function textsFor(wanted) {
  const found = wanted.map((tag) => languages[tag?.slice(0, 2).toLowerCase()]).find(Boolean);
  return found ?? french;
}

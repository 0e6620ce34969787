export const french = {
  language: 'fr',
  other: { language: 'en', name: 'English' },
  question: 'Quel transport, quand, à quel prix ?',
  views: 'Vues',
  oneView: 'Un transport',
  raceView: 'La course de tous',
  theme: 'Clair ou sombre',
  taskName: 'Tâche',
  openTask: 'Ouvrir',

  task: (task) => `Statut de la tâche « ${task} »`,
  nothingYet: 'Pas encore de réponse',
  version: (version) => `version ${version}`,
  epoch: (epoch) => `époque ${epoch}`,
  changed: 'changé',
  arrived: (age, uncertainty) => `arrivé ${age} plus tard (± ${uncertainty})`,
  before: 'avant que cette page n’écoute',
  spoken: (status, version) => `Statut : ${status}, version ${version}`,

  connection: {
    'short-polling': {
      connected: 'Demande, est servi aussitôt, se repose',
      waiting: 'Demande, est servi aussitôt, se repose',
    },
    'long-polling': { connected: 'Connecté', waiting: 'Requête retenue par le serveur' },
    sse: { connected: 'Connecté : le flux d’évènements est ouvert' },
    ndjson: { connected: 'Connecté : le flux NDJSON est ouvert' },
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
    'not-upgraded': ({ by, setting }) =>
      `Le serveur répond, mais le WebSocket n’a pas pu s’ouvrir : un proxy${by ? ` (${by})` : ''} ne transmet ` +
      `peut-être pas « Upgrade » (426)${setting ? ` : ${setting}` : ''}, ou change « Host ».`,
    silent: () => 'Rien n’arrive : un proxy entre la page et le serveur retient peut-être la réponse.',
    cut: ({ code }) => `La connexion a été coupée${code ? ` (code ${code})` : ''}.`,
  },
  unknownTransport: (name) => `Le transport « ${name} » n’existe pas : long polling à la place.`,

  update: 'Changer le statut',
  anyStatus: 'Un autre statut',
  send: 'Envoyer',
  automatic: 'Mises à jour automatiques',
  stopAutomatic: 'Arrêter les mises à jour',
  rate: 'Rythme',
  perSecond: (rate) => `${rate} par seconde`,
  unsent: (count) => `${count} n’ont pas pu partir à temps`,
  token: 'Jeton',
  tokenHint: 'Ce serveur demande un jeton à qui change le statut. Il est gardé le temps de cet onglet.',
  tryAgain: 'Réessayer',
  notUpdated: (reason) => `Le changement n’est pas confirmé. ${reason}`,

  choose: 'Le transport',
  interval: 'Polling court toutes les',
  transport: {
    'short-polling': ['Polling court', 'Demander, encore et encore ; le serveur répond aussitôt.'],
    'long-polling': ['Long polling', 'Demander ; le serveur retient la requête jusqu’au changement.'],
    sse: ['Server-sent events', 'Demander une fois ; la réponse reste ouverte.'],
    ndjson: ['Flux NDJSON', 'Demander une fois ; la réponse est une ligne de JSON par version.'],
    websocket: ['WebSocket', 'Ouvrir une connexion à part, dans les deux sens.'],
  },

  timeline: 'Sur le fil',
  timelineLabel:
    'Frise : ce qui passe sur le fil, et ce que chacun affiche. Les mêmes faits sont en chiffres dans le tableau.',
  server: 'Le serveur',
  window: 'Durée visible',
  windows: { 12000: '12 s', 60000: '1 min', 600000: '10 min', 3600000: '1 h' },
  freeze: 'Figer',
  goOn: 'Reprendre',
  lookBack: 'Remonter',
  now: 'maintenant',
  legend: {
    request: 'requête retenue',
    tick: 'requête brève',
    connection: 'connexion ouverte',
    news: 'nouvelle version (200)',
    nothing: 'rien de neuf (204)',
    unchanged: 'inchangé (304)',
    failed: 'échec',
    rest: 'pause avant un nouvel essai',
    again: 'nouvel essai',
    update: 'mise à jour',
    stale: 'affichage périmé',
  },

  faults: 'Provoquer une panne',
  faultsNote: 'Dans cette page seulement, et pour la lecture : les changements de statut passent toujours.',
  cut: 'Couper',
  offline: 'Hors ligne',
  holding: 'Retenir les réponses',
  losing: 'En perdre une sur trois',
  delay: 'Retard',
  network: 'Imiter un réseau',
  networks: {
    none: () => 'aucun',
    wifi: (trip) => `wifi : ${trip}`,
    '4g': (trip) => `4g : ${trip}`,
    unnamed: (trip) => trip,
    '3g': (trip) => `3g : ${trip}`,
    satellite: (trip) => `satellite : ${trip}`,
  },
  networkNote:
    'Un réseau imité n’a qu’un aller-retour : la page retarde ce qu’elle envoie de la moitié, et ce qu’elle reçoit de ' +
    'l’autre moitié. Il ne perd pas de paquet, ne limite pas le débit, et n’a pas les échanges par lesquels TCP et TLS ' +
    'ouvrent une connexion. « lab compare --network » mesure avec ceux-ci.',

  costs: 'Ce que chacun coûte, et combien il tarde',
  transports: 'Transport',
  counts: {
    requests: 'Requêtes',
    bytes: 'Octets reçus ≈',
    deliveries: 'Livraisons',
    theory: 'Moyenne théorique',
    median: 'Délai médian',
    p99: '99ᵉ centile',
    staleness: 'Péremption',
    skipped: 'Sautées',
  },
  costsNote: [
    'Compté dans cet onglet. Requêtes : questions et ouvertures de connexion.',
    'Octets reçus : corps exacts ; en-têtes et habillage estimés, battements de cœur exclus.',
    'Délai : de la mise à jour, à l’horloge du serveur, à l’arrivée ici (médiane et 99ᵉ centile des 2 000 derniers).',
    'En théorie, tant qu’un réseau est imité : un demi aller-retour, et l’attente de la question suivante d’un polling.',
    'Péremption : depuis combien de temps, en moyenne, ce qui est affiché était remplacé.',
    'Sautées : versions dépassées par une plus récente avant d’arriver.',
  ],
  clock: (offset, uncertainty) => `Horloge du serveur : ${offset} (± ${uncertainty}) par rapport à la page.`,
  clockUnknown: 'L’horloge du serveur n’est pas connue : pas de délais.',
  proof: (seen, skipped, repeated, back) =>
    `Versions vues : ${seen} · sautées : ${skipped} · reçues deux fois : ${repeated} · revenues en arrière : ${back}.`,
  reset: 'Remettre à zéro',

  sharing: 'Plusieurs onglets',
  share: 'Partager une seule connexion entre les onglets',
  tabs: (count) => (count === 1 ? 'Un onglet est ouvert.' : `${count} onglets sont ouverts.`),
  sharingState: {
    leading: 'Celui-ci tient la connexion, et informe les autres.',
    following: 'Celui-ci ne demande rien : un autre onglet tient la connexion et l’informe.',
    connecting: 'Le partage s’établit.',
    alone: 'La panne est pour celui-ci seul : tant qu’elle dure, il a sa propre connexion.',
    idle: 'Ce transport ne retient aucune des six connexions du navigateur : rien à partager.',
    race: 'Dans la course, chaque couloir a sa propre connexion : c’est elle qu’on mesure.',
    off: 'Chaque onglet tient sa propre connexion.',
    crowded:
      'Chaque onglet tient sa propre connexion, et le navigateur n’en ouvre que six à la fois vers un serveur ' +
      '(HTTP/1.1) : les autres attendent leur tour, le bouton aussi.',
    unavailable:
      'Ce navigateur ne permet pas le partage ici : il lui faut les Web Locks, donc HTTPS ou localhost. ' +
      'Chaque onglet tient sa propre connexion.',
  },
};

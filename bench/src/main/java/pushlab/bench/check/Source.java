package pushlab.bench.check;

/// Where a rule comes from: the course, the lab's contract or a standard.
///
/// @param course whether it is the course, whose sentences are French
/// @param sentence the sentence of the source; for the course, word for word
record Source(boolean course, String where, String sentence) {

  private static final String SERVER = "Partie 1, Endpoint de Long Polling";
  private static final String UPDATE = "Partie 1, Endpoint de mise à jour";
  private static final String CLIENT = "Partie 2, Logique de Long Polling";
  private static final String TRIAL = "Partie 3, ";

  static final Source FIRST_REQUEST =
      course(
          CLIENT,
          "Au chargement de la page, effectuer une première requête à `/poll-status` pour obtenir"
              + " l'état initial.");
  static final Source UPDATED =
      course(
          UPDATE,
          "Lorsqu'un nouveau statut est reçu, mettre à jour `current_task_status` et incrémenter"
              + " `status_version`.");
  static final Source STATUSES =
      course(
          "Énoncé du Problème",
          "Maintient l'état actuel d'une tâche (ex: \"En attente\", \"En cours\", \"Terminée\","
              + " \"Échec\").");
  static final Source BEHIND =
      course(
          SERVER,
          "Si `last_version` est inférieur à `current_task_status_version`, le statut a changé."
              + " Renvoyer immédiatement le `current_task_status` et sa `status_version`.");
  static final Source HELD =
      course(
          SERVER,
          "Si `last_version` est égal à `current_task_status_version`, le statut n'a pas changé. Le"
              + " serveur doit *maintenir la connexion HTTP ouverte* pendant une durée maximale (ex:"
              + " 25-30 secondes).");
  static final Source WOKEN =
      course(
          SERVER,
          "Pendant que la connexion est maintenue, si `current_task_status` change (suite à un appel"
              + " à `/update-status`), le serveur doit immédiatement renvoyer le nouveau statut et sa"
              + " version à *toutes les requêtes en attente* et fermer ces connexions.");
  static final Source TIMED_OUT =
      course(
          SERVER,
          "Si le délai maximum est atteint sans changement d'état, le serveur doit renvoyer un"
              + " statut indiquant \"pas de changement\" (ex: un code 204 No Content, ou un JSON vide)"
              + " et fermer la connexion.");
  static final Source LOOP =
      course(
          CLIENT,
          "Immédiatement après avoir traité la réponse (ou le timeout), relancer une nouvelle requête"
              + " Long Polling vers `/poll-status` en envoyant la `last_version` du statut que le"
              + " client connaît. Cela crée une boucle continue de Long Polling.");
  static final Source VERSION =
      course(
          "Partie 1, Gestion de l'état",
          "Associer un \"numéro de version\" ou un \"timestamp\" à cet état pour savoir quand il a"
              + " changé (ex: `status_version = 0`).");
  static final Source SAME_AT_FIRST =
      course(TRIAL + "3", "Vérifiez que chaque client affiche le même statut initial.");
  static final Source ALL_AT_ONCE =
      course(
          TRIAL + "5",
          "Observez que tous les clients ouverts mettent à jour leur affichage presque"
              + " instantanément, sans recharger la page.");
  static final Source AFTER_THE_TIMEOUT =
      course(
          TRIAL + "6",
          "Vérifiez que si aucun changement n'intervient, les requêtes Long Polling se relancent"
              + " après le timeout défini côté serveur.");
  static final Source ERRORS =
      course(
          "Pour aller plus loin",
          "Gestion des erreurs : Ajouter une gestion plus robuste des erreurs réseau ou serveur.");
  static final Source TOKEN =
      course(
          "Pour aller plus loin",
          "Authentification : Simuler une authentification simple pour l'endpoint de mise à jour.");

  private static Source course(String where, String sentence) {
    return new Source(true, where, sentence);
  }

  /// The lab's contract (docs/api.md), in our own words.
  static Source contract(String sentence) {
    return new Source(false, "the lab's contract", sentence);
  }

  /// A standard, in our own words.
  static Source standard(String where, String sentence) {
    return new Source(false, where, sentence);
  }
}

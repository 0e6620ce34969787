package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonValue;

/// A term of the model: a coefficient is multiplied with this count of a load. `TERMS` in
/// `calculator.js` has the same.
enum ModelTerm {
  /// A delivery to a single client.
  CONSTANT("constant"),
  /// One more client that the same update is for.
  CLIENT("client"),
  /// What an update takes longer after a pause.
  REST("rest"),
  DELIVERY("delivery"),
  POLL("poll"),
  /// An answer without a new version.
  EMPTY_ANSWER("emptyAnswer"),
  /// A wake-up of the server, which polls share that arrive together.
  WAKE_UP("wakeUp"),
  /// An update, however many clients it is for.
  UPDATE("update"),
  /// A second of the server, however many clients it has.
  SECOND("second"),
  /// A connected client.
  CONNECTION("connection"),
  /// A connected client, in the kernel.
  KERNEL("kernel");

  private final String id;

  ModelTerm(String id) {
    this.id = id;
  }

  /// Its name in JSON.
  @JsonValue
  public String id() {
    return id;
  }

  /// The count of a load.
  double of(ModelLoad load) {
    return switch (this) {
      case CONSTANT, SECOND -> 1;
      case CLIENT -> load.herd();
      case REST -> load.rest();
      case DELIVERY -> load.deliveries();
      case POLL -> load.requests();
      case EMPTY_ANSWER -> load.empty();
      case WAKE_UP -> load.wakeUps();
      case UPDATE -> load.updatesPerSecond();
      case CONNECTION, KERNEL -> load.clients();
    };
  }
}

package pushlab.server.state;

import org.jspecify.annotations.Nullable;

/// A failure of a store. The message names the store and says in one line what is wrong.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StoreException(String store, String problem, @Nullable Throwable cause) {
    super("the store " + store + " " + problem, cause);
  }
}

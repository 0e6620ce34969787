package pushlab.server.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.state.StateStore;
import pushlab.server.store.Stores;

/// Where versions survive.
final class StoreOptions {

  @Option(
      names = "--store",
      defaultValue = "memory",
      description =
          "Where versions survive: memory, as long as the server lives; jdbc:sqlite:PATH, in that"
              + " file; or jdbc:postgresql://HOST/DATABASE?user=USER, which several"
              + " servers may share (default: ${DEFAULT-VALUE}) [PUSHLAB_STORE]")
  String name = "";

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description =
          "Where the password of PostgreSQL is; it may also be the environment variable"
              + " PUSHLAB_STORE_PASSWORD [PUSHLAB_STORE_PASSWORD_FILE]")
  @Nullable Path passwordFile;

  void check(CommandLine command) {
    Range.require(
        command,
        !Stores.havePassword(name),
        "--store",
        "without a password, which others could read there: put it into a file"
            + " (--store-password-file) or into the environment variable PUSHLAB_STORE_PASSWORD");
    Range.require(command, Stores.areNamed(name), "--store", Stores.NAMES);
  }

  /// Opens the store, and creates it if there is none.
  ///
  /// @throws StoreException if it cannot be opened
  /// @throws IllegalStateException if the password's file cannot be read
  StateStore open() {
    return Stores.open(name, password());
  }

  /// The password is not an option: other users of this machine may see the command line.
  private @Nullable String password() {
    if (passwordFile == null) {
      return System.getenv("PUSHLAB_STORE_PASSWORD");
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the store's password: " + e, e);
    }
  }
}

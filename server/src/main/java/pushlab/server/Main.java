package pushlab.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import pushlab.server.options.ServerOptions;
import pushlab.server.options.WrongOption;
import pushlab.server.state.StoreException;

/// `./lab serve`: one server in the foreground, until SIGTERM or Ctrl-C. With the system property
/// `pushlab.parent=stdin` it also stops when its standard input ends.
public final class Main {

  private Main() {}

  /// Exits with 0 after a stop by signal, with 1 if the server cannot start, and with 2 if `args`
  /// are wrong.
  public static void main(String... args) {
    Locale.setDefault(Locale.ROOT);
    if ("stdin".equals(System.getProperty("pushlab.parent"))) {
      Thread.ofPlatform().daemon().name("parent").start(Main::stopWithTheInput);
    }
    var options = new ServerOptions();
    CommandLine command = options.commandLine(System.getenv());
    command.setParameterExceptionHandler(new WrongOption(System.getenv()));
    command.setExecutionStrategy(
        parsed -> {
          Integer helped = CommandLine.executeHelpRequest(parsed);
          if (helped != null) {
            return helped;
          }
          options.check(command);
          return serve(options);
        });
    System.exit(command.execute(args));
  }

  private static int serve(ServerOptions options) {
    PushlabServer server;
    try {
      server = PushlabServer.start(options);
    } catch (IllegalStateException | StoreException e) {
      System.err.println(e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    System.out.println("Pushlab is at " + server.address() + "   (Ctrl-C stops it)");
    while (true) {
      LockSupport.park();
    }
  }

  /// The standard input is a pipe from the process that started this one. It ends when that process
  /// ends, even if it is killed.
  private static void stopWithTheInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The input has ended too.
    }
    System.exit(0);
  }

  private static void stop(PushlabServer server) {
    server.close();
    System.out.flush();
    // After a signal the JVM would exit with 143, but an orderly stop is not a failure.
    Runtime.getRuntime().halt(0);
  }
}

package pushlab.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pushlab.server.Main;

/// A server in a process of its own, started like `lab serve`. It ends with the test at the latest,
/// or with the tests' JVM if that is killed.
public final class ServerProcess implements AutoCloseable {

  public final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  public static ServerProcess start(String... arguments) throws IOException {
    return startBy(List.of(), arguments);
  }

  /// A server that is started by `launcher`, a command that runs another.
  public static ServerProcess startBy(List<String> launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(System.getProperty("basedir", ""), "jvm.options").toAbsolutePath());
    command.add("-Dpushlab.parent=stdin");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PUSHLAB_"));
    return new ServerProcess(builder.start());
  }

  /// The address at which it serves, as soon as it does.
  public URI address() throws IOException {
    String line = process.inputReader(UTF_8).readLine();
    assertThat(line).as("the first line").isNotNull().startsWith("Pushlab is at ");
    return URI.create(line.replaceFirst("Pushlab is at ", "").replaceFirst(" .*", ""));
  }

  public int exit() throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended within 20 s").isTrue();
    return process.exitValue();
  }

  public List<String> errors() {
    return process.errorReader(UTF_8).lines().toList();
  }

  /// Sends SIGKILL and waits for the end of the process.
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /// Sends SIGTERM and waits for the end of the process.
  public void stop() throws InterruptedException {
    process.toHandle().destroy();
    assertThat(exit()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

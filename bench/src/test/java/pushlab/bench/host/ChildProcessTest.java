package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChildProcessTest {

  @TempDir Path folder;

  @Test
  void returnsTheExitCodeAndKeepsTheOutput() throws Exception {
    Path log = folder.resolve("log");
    assertThat(ChildProcess.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), log))
        .isEqualTo(3);
    assertThat(log).hasContent("out\nerr");
  }

  @Test
  void anInterruptEndsTheProgramAndItsChildren() throws Exception {
    Path log = folder.resolve("log");
    // The first child ignores the signal and must be killed.
    String script = "trap '' TERM; sleep 300 & echo $!; echo $$; wait; wait";
    var running = new FutureTask<>(() -> ChildProcess.run(List.of("sh", "-c", script), log));
    Thread thread = Thread.ofPlatform().start(running);
    List<ProcessHandle> processes = await(log);
    assertThat(processes).allMatch(ProcessHandle::isAlive);

    thread.interrupt();

    assertThat(running)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(InterruptedException.class);
    for (ProcessHandle process : processes) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private static List<ProcessHandle> await(Path log) throws Exception {
    while (!Files.exists(log) || Files.readAllLines(log).size() < 2) {
      Thread.sleep(10);
    }
    return Files.readAllLines(log).stream()
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }
}

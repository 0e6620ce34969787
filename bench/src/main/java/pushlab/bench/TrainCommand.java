package pushlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import pushlab.bench.host.Home;
import pushlab.bench.run.Training;

/// What the launcher runs to make the AOT caches. It makes that of the server; the launcher starts
/// this JVM so that it makes its own when it ends.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The AOT cache of the server.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path cache;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Training.of(Home.find(), cache.toAbsolutePath());
    return 0;
  }
}

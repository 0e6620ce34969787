package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeFolderTest {

  @TempDir private Path folder;

  @Test
  void isDifferentForRunsThatBeginInTheSameSecond() throws Exception {
    Path results = folder.resolve("results");
    var made = new ArrayList<Path>();
    try (var runs = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Path> begin = () -> OutcomeFolder.in(results, "quick");
      for (Future<Path> run : runs.invokeAll(Collections.nCopies(20, begin))) {
        made.add(run.get());
      }
    }

    assertThat(made).doesNotHaveDuplicates().allMatch(Files::isDirectory);
    try (var all = Files.list(results)) {
      assertThat(all).containsExactlyInAnyOrderElementsOf(made);
    }
  }
}

package pushlab.bench.run;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows the progress of a run on standard error: a bar on a terminal, one line for each step
/// elsewhere.
final class Progress implements AutoCloseable {

  private static final int WIDTH = 120;

  private final @Nullable ProgressBar bar;
  private final long totalSeconds;
  private double doneSeconds;

  /// @param totalSeconds how long the run is expected to take
  Progress(double totalSeconds) {
    this.totalSeconds = Math.round(totalSeconds);
    boolean watched = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    this.bar =
        watched
            ? new ProgressBarBuilder()
                .setTaskName("measuring")
                .setInitialMax(this.totalSeconds)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new DelegatingProgressBarConsumer(Progress::overwrite, WIDTH))
                .setUpdateIntervalMillis(500)
                .hideEta()
                .continuousUpdate()
                .build()
            : null;
  }

  /// A step begins, named `what`.
  void step(String what) {
    long left = Math.max(1, Math.round(totalSeconds - doneSeconds));
    String message = "%s, about %d:%02d left".formatted(what, left / 60, left % 60);
    if (bar == null) {
      System.err.println(message);
    } else {
      bar.setExtraMessage(" " + message);
    }
  }

  /// The current step has ended.
  ///
  /// @param seconds how long it was expected to take
  void done(double seconds) {
    doneSeconds += seconds;
    if (bar != null) {
      bar.stepTo(Math.round(doneSeconds));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      System.err.println();
    }
  }

  /// The library's own console would make SIGINT end the process without its shutdown hooks.
  private static void overwrite(String line) {
    System.err.print("\r" + line);
  }
}

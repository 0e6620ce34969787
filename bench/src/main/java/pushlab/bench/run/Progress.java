package pushlab.bench.run;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How far a run is, on standard error: a bar with the time that is left where a person looks on, a
/// line a step elsewhere.
final class Progress implements AutoCloseable {

  private static final int WIDTH = 120;

  private final @Nullable ProgressBar bar;
  private final long totalSeconds;
  private double doneSeconds;

  /// A run that is expected to take that long.
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

  /// A step begins.
  void step(String what) {
    long left = Math.max(1, Math.round(totalSeconds - doneSeconds));
    String message = "%s, about %d:%02d left".formatted(what, left / 60, left % 60);
    if (bar == null) {
      System.err.println(message);
    } else {
      bar.setExtraMessage(" " + message);
    }
  }

  /// A step has ended that was expected to take that long.
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

  /// By hand, since the library's own console sets SIGINT to end the process without shutdown
  /// hooks.
  private static void overwrite(String line) {
    System.err.print("\r" + line);
  }
}

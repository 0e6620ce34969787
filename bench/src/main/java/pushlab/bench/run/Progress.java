package pushlab.bench.run;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;

/// Shows the progress of a run on standard error: a bar on a terminal, one line for each step
/// elsewhere.
final class Progress implements AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int PARTS = 1000;

  private final Audience audience;
  private final Pace pace;
  private final @Nullable ProgressBar bar;
  private volatile Phrase step = Phrase.verbatim("");

  Progress(Audience audience, Pace pace) {
    this.audience = audience;
    this.pace = pace;
    this.bar =
        audience.isInteractive()
            ? new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(PARTS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(
                    new DelegatingProgressBarConsumer(
                        this::overwrite, audience.screen().columns() - 1))
                .setUpdateIntervalMillis(500)
                .hideEta()
                .continuousUpdate()
                .build()
            : null;
  }

  /// A step begins, which is expected to take so many seconds.
  void step(Phrase what, double seconds) {
    pace.begin(seconds);
    step = what;
    if (bar == null) {
      System.err.println(message());
    } else {
      show();
    }
  }

  /// The current step has ended.
  void done() {
    pace.end();
  }

  /// Prints a sentence that stays.
  void say(Phrase sentence) {
    Screen screen = audience.screen();
    System.err.println(
        (bar == null ? "" : CLEAR_LINE) + screen.wrapped("", "  ", screen.say(sentence)));
  }

  private String message() {
    long left = Math.max(1, Math.round(pace.left()));
    String time = "%d:%02d".formatted(left / 60, left % 60);
    return audience.screen().say(Phrase.of("progress.left", step, time));
  }

  private void show() {
    if (bar != null) {
      bar.setExtraMessage(" " + message());
      bar.stepTo(Math.round(PARTS * pace.share()));
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
  private void overwrite(String line) {
    System.err.print("\r" + line);
    show();
  }
}

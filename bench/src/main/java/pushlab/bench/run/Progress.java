package pushlab.bench.run;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;

/// Shows the progress of a run on standard error: a bar on a terminal, one line for each step
/// elsewhere.
public final class Progress implements AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int PARTS = 20;

  private final Audience audience;
  private final Pace pace;
  private final @Nullable ProgressBar bar;
  private volatile Phrase step = Phrase.of("progress.begin");

  Progress(Audience audience, Pace pace) {
    this.audience = audience;
    this.pace = pace;
    this.bar =
        audience.isInteractive()
            ? new ProgressBarBuilder()
                .setRenderer((_, columns) -> line(columns))
                .setConsumer(
                    new DelegatingProgressBarConsumer(
                        Progress::overwrite, audience.screen().columns() - 1))
                .setUpdateIntervalMillis(500)
                .continuousUpdate()
                .build()
            : null;
  }

  /// The progress of something that is one step and expected to take so many seconds.
  public static Progress ofOneStep(Audience audience, Phrase what, double seconds) {
    Progress progress = of(audience, seconds);
    progress.step(what, seconds);
    return progress;
  }

  /// The progress of steps that together are expected to take so many seconds.
  public static Progress of(Audience audience, double seconds) {
    return new Progress(audience, new Pace(new Budget(null), seconds));
  }

  /// A step begins, which is expected to take so many seconds.
  public void step(Phrase what, double seconds) {
    pace.begin(seconds);
    step = what;
    if (bar == null) {
      System.err.println(message());
    }
  }

  /// The current step has ended.
  public void done() {
    pace.end();
  }

  /// Prints a sentence that stays. May be called by any thread.
  public void say(Phrase sentence) {
    Screen screen = audience.screen();
    System.err.println(
        (bar == null ? "" : CLEAR_LINE) + screen.wrapped("", "  ", screen.say(sentence)));
  }

  private String line(int columns) {
    int done = (int) Math.round(PARTS * pace.share());
    String line = "[%s%s] %s".formatted("=".repeat(done), " ".repeat(PARTS - done), message());
    return line.substring(0, Math.min(columns, line.length()));
  }

  private String message() {
    long left = Math.max(1, Math.round(pace.left()));
    String time = "%d:%02d".formatted(left / 60, left % 60);
    return audience.screen().say(Phrase.of("progress.left", time, step));
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
    System.err.print(CLEAR_LINE + line);
  }
}

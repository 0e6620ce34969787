package pushlab.bench.host;

import static java.util.Objects.requireNonNull;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// A JVM of this machine and this user: its heap and its flight recordings. They are read with
/// `jcmd`, because a Helidon server forbids the deserialization that management over RMI needs. A
/// question that the JVM does not answer has an empty result. Thread-safe.
public record ManagedJvm(ProcessHandle process) {

  private static final String PAUSE = "jdk.GCPhasePause";
  private static final String ALLOCATION = "jdk.ThreadAllocationStatistics";
  private static final Pattern HEAP = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  /// HotSpot fills the place of garbage with these objects if a collection does not compact the
  /// heap. ParallelGC compacts fully at every twentieth collection only
  /// (`HeapMaximumCompactionInterval`).
  private static final Pattern FILLER =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(?:\\[L)?jdk\\.internal\\.vm\\.Filler");

  /// A recording.
  ///
  /// @param allocatedBytes what was allocated by the threads that lived all the time, as the
  ///     carriers of virtual threads do
  /// @param pauses the length of each pause of the garbage collector
  public record Recorded(long allocatedBytes, List<Duration> pauses) {

    public Recorded {
      pauses = List.copyOf(pauses);
    }

    /// The recordings of two JVMs together.
    public Recorded plus(Recorded other) {
      return new Recorded(
          allocatedBytes + other.allocatedBytes,
          Stream.concat(pauses.stream(), other.pauses.stream()).toList());
    }

    /// The length of all pauses together.
    public Duration paused() {
      return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /// The longest pause.
    public Duration longestPause() {
      return pauses.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
  }

  /// The JVM of `process`; empty if the process is not a JVM, or belongs to another user.
  public static Optional<ManagedJvm> of(ProcessHandle process) {
    return isJava(process) ? Optional.of(new ManagedJvm(process)) : Optional.empty();
  }

  private static boolean isJava(ProcessHandle process) {
    String pid = Long.toString(process.pid());
    return process.info().command().orElse("").endsWith("/java")
        || VirtualMachine.list().stream().anyMatch(machine -> machine.id().equals(pid));
  }

  /// Runs a full collection, and returns how many bytes of the heap are in use after it.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public OptionalLong liveHeapBytes() throws InterruptedException {
    String classes = ask("GC.class_histogram");
    Matcher total = HEAP.matcher(classes);
    long filler =
        FILLER.matcher(classes).results().mapToLong(it -> Long.parseLong(it.group(1))).sum();
    return total.find()
        ? OptionalLong.of(Long.parseLong(total.group(1)) - filler)
        : OptionalLong.empty();
  }

  /// Starts a recording, if the JVM can.
  ///
  /// @throws IOException if a temporary file of a few kilobytes cannot be written
  /// @throws InterruptedException if the thread was interrupted
  public void record() throws IOException, InterruptedException {
    Path settings = Files.createTempFile("ledger-", ".jfc");
    try (InputStream ours = ManagedJvm.class.getResourceAsStream("ledger.jfc")) {
      Files.write(settings, requireNonNull(ours).readAllBytes());
      ask("JFR.start", "name=ledger", "settings=" + settings);
    } finally {
      Files.delete(settings);
    }
  }

  /// Stops the recording that [#record()] started, and returns it.
  ///
  /// @throws IOException if a temporary file of a few kilobytes cannot be written
  /// @throws InterruptedException if the thread was interrupted
  public Optional<Recorded> recorded() throws IOException, InterruptedException {
    Path file = Files.createTempFile("ledger-", ".jfr");
    try {
      ask("JFR.stop", "name=ledger", "filename=" + file);
      return Files.size(file) == 0
          ? Optional.empty()
          : Optional.of(read(RecordingFile.readAllEvents(file)));
    } finally {
      Files.delete(file);
    }
  }

  private static Recorded read(List<RecordedEvent> events) {
    var pauses = new ArrayList<Duration>();
    var first = new HashMap<Long, Long>();
    var last = new HashMap<Long, Long>();
    for (RecordedEvent event : events) {
      switch (event.getEventType().getName()) {
        case PAUSE -> pauses.add(event.getDuration());
        case ALLOCATION -> {
          long thread = event.getThread("thread").getId();
          long bytes = event.getLong("allocated");
          first.merge(thread, bytes, Math::min);
          last.merge(thread, bytes, Math::max);
        }
        default -> {}
      }
    }
    long allocated = 0;
    for (Map.Entry<Long, Long> thread : last.entrySet()) {
      allocated += thread.getValue() - first.getOrDefault(thread.getKey(), 0L);
    }
    return new Recorded(allocated, pauses);
  }

  /// The output of a `jcmd` command, or an empty text.
  private String ask(String... command) throws InterruptedException {
    var all = new ArrayList<>(List.of(Home.java("jcmd"), Long.toString(process.pid())));
    all.addAll(List.of(command));
    try {
      // Into a file: the JVM pauses while it writes, and it may be this one, which could then not
      // read.
      Path said = Files.createTempFile("jcmd-", ".txt");
      try {
        // A second try, because a JVM may refuse a command that comes at the same time as another.
        if (ChildProcess.run(all, said) != 0) {
          ChildProcess.run(all, said);
        }
        return Files.readString(said);
      } finally {
        Files.delete(said);
      }
    } catch (IOException _) {
      return "";
    }
  }
}

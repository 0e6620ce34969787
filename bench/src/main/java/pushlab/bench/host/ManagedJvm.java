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

/// A JVM of this machine and this user: its heap, and what its flight recorder tells. It is asked
/// by `jcmd`, since a Helidon server forbids the deserialization that management by RMI needs.
/// Whatever it does not answer, as of a process that is no JVM, is empty. Thread-safe.
public record ManagedJvm(ProcessHandle process) {

  private static final String PAUSE = "jdk.GCPhasePause";
  private static final String ALLOCATION = "jdk.ThreadAllocationStatistics";
  private static final Pattern HEAP = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  /// What HotSpot puts where garbage was that a collection did not compact away: ParallelGC does so
  /// at every twentieth only (`HeapMaximumCompactionInterval`).
  private static final Pattern FILLER =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(?:\\[L)?jdk\\.internal\\.vm\\.Filler");

  /// What was recorded of some time.
  ///
  /// @param allocatedBytes by all threads that lived all the time: the carriers of virtual threads
  ///     do
  /// @param pauses of the garbage collector, each by its length
  public record Recorded(long allocatedBytes, List<Duration> pauses) {

    public Recorded {
      pauses = List.copyOf(pauses);
    }

    /// What two JVMs did.
    public Recorded plus(Recorded other) {
      return new Recorded(
          allocatedBytes + other.allocatedBytes,
          Stream.concat(pauses.stream(), other.pauses.stream()).toList());
    }

    /// How long it paused in all.
    public Duration paused() {
      return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /// The longest pause.
    public Duration longestPause() {
      return pauses.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
  }

  /// The JVM that is `process`; empty if that is none, or another user's.
  public static Optional<ManagedJvm> of(ProcessHandle process) {
    return isJava(process) ? Optional.of(new ManagedJvm(process)) : Optional.empty();
  }

  private static boolean isJava(ProcessHandle process) {
    String pid = Long.toString(process.pid());
    return process.info().command().orElse("").endsWith("/java")
        || VirtualMachine.list().stream().anyMatch(machine -> machine.id().equals(pid));
  }

  /// Bytes in use on the heap, after a full collection.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public OptionalLong liveHeapBytes() throws InterruptedException {
    String classes = ask("GC.class_histogram");
    Matcher total = HEAP.matcher(classes);
    long filler =
        FILLER.matcher(classes).results().mapToLong(it -> Long.parseLong(it.group(1))).sum();
    return total.find()
        ? OptionalLong.of(Long.parseLong(total.group(1)) - filler)
        : OptionalLong.empty();
  }

  /// Begins to record, if it can.
  ///
  /// @throws IOException if there is no room for a file of some kilobytes
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public void record() throws IOException, InterruptedException {
    Path settings = Files.createTempFile("ledger-", ".jfc");
    try (InputStream ours = ManagedJvm.class.getResourceAsStream("ledger.jfc")) {
      Files.write(settings, requireNonNull(ours).readAllBytes());
      ask("JFR.start", "name=ledger", "settings=" + settings);
    } finally {
      Files.delete(settings);
    }
  }

  /// What was recorded since [#record()].
  ///
  /// @throws IOException if there is no room for a file of some kilobytes
  /// @throws InterruptedException if the thread was interrupted meanwhile
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

  /// What it says to a command of `jcmd`, or nothing.
  private String ask(String... command) throws InterruptedException {
    var all = new ArrayList<>(List.of(Home.java("jcmd"), Long.toString(process.pid())));
    all.addAll(List.of(command));
    try {
      // Into a file: the JVM stands still while it writes, and may be the one that would read.
      Path said = Files.createTempFile("jcmd-", ".txt");
      try {
        // Twice, since one of two simultaneous requests may be refused.
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

package pushlab.server.net.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our reader compared with Helidon's own, which it replaces.
@Timeout(60)
class IncomingTest {

  private static final String TEXT = "GET /status HTTP/1.1\r\nHost: x\r\n\r\nbody of 16 bytes";

  /// Each way to read has the same result as Helidon's reader, wherever the bytes are cut.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 21, 22, 23, 100})
  void readsLikeHelidonsReader(int cut) {
    List<Function<DataReader, Object>> ways =
        List.of(
            subscriber -> subscriber.startsWith("GET ".getBytes(US_ASCII)),
            subscriber -> subscriber.startsWith("GOT ".getBytes(US_ASCII)),
            subscriber -> subscriber.findOrNewLine((byte) ' ', 100),
            subscriber -> subscriber.readAsciiString(3),
            subscriber -> (char) subscriber.lookup(),
            subscriber -> (char) subscriber.read(),
            subscriber -> subscriber.findOrNewLine((byte) '?', 100),
            subscriber -> subscriber.findOrNewLine((byte) '?', 5),
            subscriber -> subscriber.readLine(),
            subscriber -> subscriber.startsWithNewLine(),
            subscriber -> subscriber.findNewLine(100),
            subscriber -> subscriber.findNewLine(2),
            subscriber -> subscriber.readLazyString(US_ASCII, 7).toString(),
            subscriber -> subscriber.startsWithNewLine(),
            subscriber -> skip(subscriber, 4),
            subscriber -> subscriber.getBuffer(4).readString(4),
            subscriber -> subscriber.readBuffer(8).readString(8),
            subscriber -> new String(subscriber.readBytes(3), US_ASCII),
            subscriber -> readRest(subscriber, 5));
    DataReader helidons = DataReader.create(inPartsOf(cut));
    DataReader ours = new Incoming(inPartsOf(cut));
    for (int i = 0; i < ways.size(); i++) {
      assertThat(ways.get(i).apply(ours)).as("way %d", i).isEqualTo(ways.get(i).apply(helidons));
    }
    assertThat(ours.available()).isZero();
    assertThatThrownBy(ours::pullData)
        .isInstanceOf(DataReader.InsufficientDataAvailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n"})
  void refusesLineEndsThatAreNotCrLf(String text) {
    DataReader subscriber = new Incoming(parts(text.getBytes(US_ASCII))::poll);
    assertThatThrownBy(() -> subscriber.findNewLine(100))
        .isInstanceOf(DataReader.IncorrectNewLineException.class);
  }

  /// Bytes that were passed on are not overwritten when more arrive.
  @Test
  void bytesThatWerePassedOnDoNotChange() {
    DataReader subscriber = new Incoming(inPartsOf(3));
    var method = subscriber.getBuffer(4);
    subscriber.getBuffer(20);
    subscriber.skip(15);
    subscriber.getBuffer(20);
    assertThat(method.readString(4)).isEqualTo("GET ");
  }

  /// A part in the old generation does not keep later parts alive.
  @Test
  void aYoungCollectionFreesWhatHasBeenRead() {
    List<WeakReference<byte[]>> given = new ArrayList<>();
    DataReader subscriber =
        new Incoming(
            () -> {
              byte[] part = new byte[100];
              given.add(new WeakReference<>(part));
              return part;
            });
    subscriber.readBytes(50);
    System.gc();
    for (int i = 0; i < 100; i++) {
      subscriber.readBytes(100);
    }

    collectTheYoungOnly();

    List<WeakReference<byte[]>> read = given.subList(1, given.size() - 1);
    assertThat(read).allSatisfy(part -> assertThat(part.get()).isNull());
  }

  private static void collectTheYoungOnly() {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    long before = collections(collectors);
    List<byte[]> garbage = new ArrayList<>();
    while (collections(collectors) < before + 2) {
      garbage.add(new byte[10_000]);
      if (garbage.size() > 100) {
        garbage.clear();
      }
    }
  }

  private static long collections(List<GarbageCollectorMXBean> collectors) {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  private static boolean skip(DataReader subscriber, int length) {
    subscriber.skip(length);
    return true;
  }

  private static String readRest(DataReader subscriber, int length) {
    var rest = new StringBuilder();
    while (rest.length() < length) {
      var buffer = subscriber.readBuffer();
      rest.append(buffer.readString(buffer.available()));
    }
    return rest.toString();
  }

  private static Supplier<byte @Nullable []> inPartsOf(int length) {
    byte[] bytes = TEXT.getBytes(US_ASCII);
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += length) {
      parts.add(Arrays.copyOfRange(bytes, at, Math.min(at + length, bytes.length)));
    }
    return parts(parts.toArray(byte[][]::new))::poll;
  }

  private static Queue<byte[]> parts(byte[]... parts) {
    return new ArrayDeque<>(List.of(parts));
  }
}

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

/// Beside Helidon's own reader, which it stands for.
@Timeout(60)
class IncomingTest {

  private static final String TEXT = "GET /status HTTP/1.1\r\nHost: x\r\n\r\nbody of 16 bytes";

  /// However the bytes are cut, each way to read gives what Helidon's reader gives.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 21, 22, 23, 100})
  void readsAsHelidonsReaderDoes(int cut) {
    List<Function<DataReader, Object>> ways =
        List.of(
            reader -> reader.startsWith("GET ".getBytes(US_ASCII)),
            reader -> reader.startsWith("GOT ".getBytes(US_ASCII)),
            reader -> reader.findOrNewLine((byte) ' ', 100),
            reader -> reader.readAsciiString(3),
            reader -> (char) reader.lookup(),
            reader -> (char) reader.read(),
            reader -> reader.findOrNewLine((byte) '?', 100),
            reader -> reader.findOrNewLine((byte) '?', 5),
            reader -> reader.readLine(),
            reader -> reader.startsWithNewLine(),
            reader -> reader.findNewLine(100),
            reader -> reader.findNewLine(2),
            reader -> reader.readLazyString(US_ASCII, 7).toString(),
            reader -> reader.startsWithNewLine(),
            reader -> skip(reader, 4),
            reader -> reader.getBuffer(4).readString(4),
            reader -> reader.readBuffer(8).readString(8),
            reader -> new String(reader.readBytes(3), US_ASCII),
            reader -> readRest(reader, 5));
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
  void refusesHalfAnEndOfALine(String text) {
    DataReader reader = new Incoming(parts(text.getBytes(US_ASCII))::poll);
    assertThatThrownBy(() -> reader.findNewLine(100))
        .isInstanceOf(DataReader.IncorrectNewLineException.class);
  }

  /// What was handed out is not written to when more comes.
  @Test
  void whatWasHandedOutStays() {
    DataReader reader = new Incoming(inPartsOf(3));
    var method = reader.getBuffer(4);
    reader.getBuffer(20);
    reader.skip(15);
    reader.getBuffer(20);
    assertThat(method.readString(4)).isEqualTo("GET ");
  }

  /// A part that a full collection has moved to the old generation holds none that came after it.
  @Test
  void aYoungCollectionFreesWhatHasBeenRead() {
    List<WeakReference<byte[]>> given = new ArrayList<>();
    DataReader reader =
        new Incoming(
            () -> {
              byte[] part = new byte[100];
              given.add(new WeakReference<>(part));
              return part;
            });
    reader.readBytes(50);
    System.gc();
    for (int i = 0; i < 100; i++) {
      reader.readBytes(100);
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

  private static boolean skip(DataReader reader, int length) {
    reader.skip(length);
    return true;
  }

  private static String readRest(DataReader reader, int length) {
    var rest = new StringBuilder();
    while (rest.length() < length) {
      var buffer = reader.readBuffer();
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

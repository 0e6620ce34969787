package pushlab.bench.network;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The network namespace of a thread. A socket belongs to the namespace that its thread had when
/// it opened it (network_namespaces(7)).
final class ThreadNamespace {

  private static final int READ_AND_CLOSE_ON_EXEC = 0x80000;
  private static final int NETWORK = 0x40000000;

  private ThreadNamespace() {}

  /// Moves the current thread, which must be a platform thread, for the rest of its life
  /// (setns(2)).
  ///
  /// @param file for example `/proc/PID/ns/net`
  /// @throws IOException if the system does not allow it
  static void enter(Path file) throws IOException {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int)
              function(
                      linker,
                      "open",
                      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                      Linker.Option.firstVariadicArg(2))
                  .invokeExact(arena.allocateFrom(file.toString()), READ_AND_CLOSE_ON_EXEC);
      int entered =
          (int)
              function(linker, "setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                  .invokeExact(descriptor, NETWORK);
      int closed =
          (int)
              function(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                  .invokeExact(descriptor);
      if (entered != 0 || closed != 0) {
        throw new IOException("no permission to enter " + file);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  // The signatures are those of the manual, so the calls are safe.
  @SuppressWarnings("restricted")
  private static MethodHandle function(
      Linker linker, String name, FunctionDescriptor signature, Linker.Option... options) {
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), signature, options);
  }
}

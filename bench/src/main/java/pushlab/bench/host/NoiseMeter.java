package pushlab.bench.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import pushlab.report.result.Noise;

/// Observes what else happens on the machine, from its creation until [#read]. It uses a thousandth
/// of a core.
public final class NoiseMeter implements AutoCloseable {

  private static final int SPINS_AROUND = 51;
  private static final Duration BETWEEN_SPINS = Duration.ofMillis(200);
  private static final double HERTZ_PER_MEGAHERTZ = 1e6;

  private final int usable;
  private final SystemInfo system = new SystemInfo();
  private final CentralProcessor processor = system.getHardware().getProcessor();
  private final ScheduledExecutorService during = Executors.newSingleThreadScheduledExecutor();
  private final List<Double> spins = Collections.synchronizedList(new ArrayList<>());
  private final double loadBefore = processor.getSystemLoadAverage(1)[0];
  private final double spinBefore = Spin.median(SPINS_AROUND);
  private final long[] ticksBefore = processor.getSystemCpuLoadTicks();
  private final long start = System.nanoTime();

  /// Begins to observe.
  public NoiseMeter() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /// @param usable how many cores the server and the instrument may use; in a container, this can
  ///     be fewer than the machine has
  NoiseMeter(int usable) {
    this.usable = usable;
    long period = BETWEEN_SPINS.toMillis();
    var _ =
        during.scheduleAtFixedRate(
            () -> spins.add(Spin.micros()), period / 2, period, TimeUnit.MILLISECONDS);
  }

  /// Stops, and returns what was observed.
  ///
  /// @param own the CPU time that the server and the instrument used in this time, if it is known
  public Noise read(Optional<Duration> own) {
    long[] ticks = processor.getSystemCpuLoadTicks();
    double seconds = (System.nanoTime() - start) / 1e9;
    close();
    double spent = 0;
    for (TickType type : TickType.values()) {
      spent += spent(ticks, type);
    }
    double idle = spent(ticks, TickType.IDLE) + spent(ticks, TickType.IOWAIT);
    // There may be no tick in a very short time.
    double all = Math.max(1, spent);
    double busy = (spent - idle) / all;
    double stolen = spent(ticks, TickType.STEAL) / all;
    Optional<Double> ownCores = own.map(cpu -> cpu.toNanos() / 1e9 / seconds);
    double cores = processor.getLogicalProcessorCount();
    double[] spun = spins.stream().mapToDouble(Double::doubleValue).toArray();
    return new Noise(
        spinBefore,
        spun.length == 0 ? spinBefore : Spin.median(spun),
        Spin.median(SPINS_AROUND),
        Math.max(busy, ownCores.orElse(0.0) / usable),
        ownCores.map(ours -> Math.max(0, busy - stolen - ours / cores)).orElse(null),
        stolen,
        known(loadBefore),
        known(averageHertz() / HERTZ_PER_MEGAHERTZ),
        known(system.getHardware().getSensors().getCpuTemperature()));
  }

  private double spent(long[] ticks, TickType type) {
    return ticks[type.getIndex()] - ticksBefore[type.getIndex()];
  }

  private double averageHertz() {
    long sum = 0;
    long[] each = processor.getCurrentFreq();
    for (long hertz : each) {
      sum += hertz;
    }
    return each.length == 0 ? 0 : (double) sum / each.length;
  }

  /// OSHI reports an unknown value as zero, a negative number or NaN.
  private static @Nullable Double known(double value) {
    return value > 0 ? value : null;
  }

  @Override
  public void close() {
    during.shutdownNow();
  }
}

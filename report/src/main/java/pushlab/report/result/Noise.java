package pushlab.report.result;

import org.jspecify.annotations.Nullable;

/// What else happened on the machine during one repeat of a cell. A share is one of all cores'
/// time; null means that the machine does not tell.
///
/// @param spinMicrosBefore how long a fixed piece of work took before the repeat, as the median
///     of several
/// @param spinMicrosDuring the same during the repeat
/// @param spinMicrosAfter the same after the repeat
/// @param busyShare the busy share of the cores, server and instrument included; if these may use
///     only some of the cores, the busy share of those, if it is larger
/// @param otherShare the share of other processes and of the kernel's own work
/// @param stolenShare the share that the host of a virtual machine gave to others
/// @param loadBefore the load average of the minute before the repeat
/// @param megahertz the clock rate of the cores
/// @param celsius the temperature of the processor
public record Noise(
    double spinMicrosBefore,
    double spinMicrosDuring,
    double spinMicrosAfter,
    double busyShare,
    @Nullable Double otherShare,
    double stolenShare,
    @Nullable Double loadBefore,
    @Nullable Double megahertz,
    @Nullable Double celsius) {}

package pushlab.report.result;

import org.jspecify.annotations.Nullable;

/// What else happened on the machine while one repeat of a cell was measured. A share is one of all
/// cores' time; null is what this machine does not tell.
///
/// @param spinMicrosBefore how long a fixed piece of work took, median of several, before it
/// @param spinMicrosDuring the same while it was measured
/// @param spinMicrosAfter the same after it
/// @param busyShare all that the cores did, server and instrument included; where these may use
///     some cores only, the share of those that they used, if it is larger
/// @param otherShare what they did for other processes, the kernel's own work included
/// @param stolenShare what the host of a virtual machine gave to others
/// @param loadBefore the load average of the minute before it
/// @param megahertz how fast the cores ran
/// @param celsius how hot the processor was
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

package pushlab.bench.watch;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What the watch saw of one repeat; the parts of [pushlab.report.result.Cell.Repeat] that are its
/// own to know.
///
/// @param raw from the moment an update was sent, in microseconds
/// @param corrected from the moment it was due, in microseconds
/// @param firstError what the first of the errors was, or null where there was none
public record Measured(
    double seconds,
    long updatesDue,
    long updatesNotSent,
    long expected,
    long delivered,
    long skipped,
    long missing,
    long repeated,
    long backward,
    Histogram raw,
    Histogram corrected,
    double stalenessMillis,
    long requests,
    long bytesOut,
    long bytesIn,
    long errors,
    long disconnects,
    @Nullable String firstError) {}

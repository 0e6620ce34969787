package pushlab.bench.watch;

import org.HdrHistogram.Histogram;

/// How subscribers came through a time in which no packet passed.
///
/// @param seconds how long that was
/// @param recoveredMicros of each subscriber that has the update which was published in this time:
///     how long after packets passed again it had it
/// @param missing subscribers that do not have it
/// @param ended connections that ended
public record CameThrough(double seconds, Histogram recoveredMicros, long missing, long ended) {}

package pushlab.server.state;

/// The answers of a state if everything is done one after the other. Where a subscriber would wait
/// for ever, it gives an answer that no state gives, so that Lincheck rejects this order.
public class SequentialState {

  static final long NOTHING = -1;
  private static final long WAITS = -2;

  private long version;
  private boolean over;

  public long current() {
    return version;
  }

  public long update() {
    return ++version;
  }

  public long newerThan(int seen) {
    return version == seen ? NOTHING : version;
  }

  public long awaitNewerThan0() {
    return awaitNewer(0);
  }

  public long awaitNewerThan1() {
    return awaitNewer(1);
  }

  public void advanceTo1() {
    version = Math.max(version, 1);
  }

  public void advanceTo2() {
    version = Math.max(version, 2);
  }

  public void close() {
    over = true;
  }

  public void letTimePass() {
    over = true;
  }

  private long awaitNewer(long seen) {
    long nothing = over ? NOTHING : WAITS;
    return version == seen ? nothing : version;
  }
}

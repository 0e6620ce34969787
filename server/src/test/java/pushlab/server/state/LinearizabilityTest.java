package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Whatever threads do to a state at the same time, each gets an answer that it could have got if
/// they had done it one after the other, as in [SequentialState].
///
/// Lincheck tests this under stress and by model checking, thread switch by thread switch. The
/// model checker finds a subscriber that is never woken. It does not model effects of memory;
/// [StateRaces] covers those.
class LinearizabilityTest {

  /// More steps than a publisher needs for the wheel, so that its walk does not count as an endless
  /// loop.
  private static final int ENDLESS = 1_000;

  private static final int TRIES = Proof.WHOLE ? 10_000 : 300;

  @Test
  void updatesAndReadsAreLinearizableUnderStress() {
    check(stress().iterations(Proof.WHOLE ? 200 : 20).threads(3).actorsPerThread(3));
  }

  @Test
  void updatesAndReadsAreLinearizableByModel() {
    check(
        model()
            .iterations(Proof.WHOLE ? 30 : 5)
            .threads(2)
            .actorsBefore(0)
            .actorsPerThread(3)
            .actorsAfter(1));
  }

  @Test
  void waitsAreLinearizableUnderStress() {
    check(withWaits(stress()));
  }

  @Test
  void waitsAreLinearizableByModel() {
    check(withWaits(model()));
  }

  @Test
  @EnabledIfSystemProperty(named = "proof", matches = "whole")
  void waitsAreLinearizableByModelOfEachStep() {
    check(withWaits(modelOfEachStep()));
  }

  @Test
  void lostWakeUpWouldBeFound() {
    var options = with(model(), CarelessState.class, "awaitNewerThan0", "update");

    assertThatThrownBy(() -> check(options, CarelessState.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("The execution has hung");
  }

  @Test
  void versionTwiceWouldBeFound() {
    var options = with(model(), CarelessState.class, "update", "update");

    assertThatThrownBy(() -> check(options, CarelessState.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }

  private static StressOptions stress() {
    return new StressOptions().invocationsPerIteration(TRIES);
  }

  /// Waking all waiters is one step. Otherwise the walk through the wheel would use up nearly all
  /// thread switches.
  private static ModelCheckingOptions model() {
    return modelOfEachStep()
        .addGuarantee(
            forClasses(Waiters.class.getName()).methods("wakeAll", "sweep").treatAsAtomic());
  }

  private static ModelCheckingOptions modelOfEachStep() {
    return new ModelCheckingOptions().invocationsPerIteration(TRIES).loopBound(ENDLESS);
  }

  private static Options<?, ?> withWaits(Options<?, ?> options) {
    with(options, StateOperations.class, "awaitNewerThan0 awaitNewerThan1", "update update");
    with(options, StateOperations.class, "awaitNewerThan0", "update close");
    with(options, StateOperations.class, "awaitNewerThan0", "update letTimePass");
    with(options, StateOperations.class, "awaitNewerThan0", "letTimePass update");
    with(options, StateOperations.class, "awaitNewerThan0", "close");
    with(options, StateOperations.class, "awaitNewerThan0 current", "advanceTo2 advanceTo1");
    with(options, StateOperations.class, "advanceTo1 current", "advanceTo2 current");
    with(options, StateOperations.class, "awaitNewerThan0", "awaitNewerThan0", "update");
    if (Proof.WHOLE) {
      with(options, StateOperations.class, "awaitNewerThan0", "update", "update");
      with(options, StateOperations.class, "awaitNewerThan0", "update", "close");
      with(options, StateOperations.class, "awaitNewerThan0", "update", "letTimePass");
    }
    return options;
  }

  private static void check(Options<?, ?> options) {
    check(options, StateOperations.class);
  }

  private static void check(Options<?, ?> options, Class<?> operations) {
    options.sequentialSpecification(SequentialState.class);
    options.check(operations);
  }

  /// This race alone, or with one more. Each thread does its operations one after the other.
  private static Options<?, ?> with(Options<?, ?> options, Class<?> operations, String... threads) {
    options.iterations(0);
    options.addCustomScenario(
        new ExecutionScenario(
            List.of(),
            Arrays.stream(threads).map(thread -> actors(operations, thread)).toList(),
            List.of(),
            null));
    return options;
  }

  private static List<Actor> actors(Class<?> operations, String thread) {
    return Stream.of(thread.split(" ", -1)).map(name -> actor(operations, name)).toList();
  }

  private static Actor actor(Class<?> operations, String name) {
    try {
      return new Actor(operations.getMethod(name), List.of());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}

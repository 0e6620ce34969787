package pushlab.report;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which package of the report may use which. `text` may use `stat`, for example, and `stat` must
/// not use `text`.
class RoomsTest {

  private static final JavaClasses REPORT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("pushlab.report");

  static Stream<Arguments> rooms() {
    return Stream.of(
        Arguments.of("result", List.of()),
        Arguments.of("stat", List.of()),
        Arguments.of("text", List.of("stat", "result")),
        Arguments.of("judge", List.of("text", "stat", "result")),
        Arguments.of("road", List.of("text", "stat", "result")),
        Arguments.of("herd", List.of("text", "stat", "result")),
        Arguments.of("advice", List.of("model", "judge", "road", "text", "stat", "result")),
        Arguments.of("model", List.of("judge", "text", "stat", "result")),
        Arguments.of("figure", List.of("model", "judge", "herd", "text", "stat", "result")));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsBelowIt(String room, List<String> below) {
    String[] allowed =
        Stream.concat(Stream.of(room), below.stream())
            .map(RoomsTest::inRoom)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(inRoom(room))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("pushlab..").or(resideInAnyPackage(allowed)))
        .check(REPORT);
  }

  @Test
  void noRoomsUseEachOther() {
    slices().matching("pushlab.report.(*)..").should().beFreeOfCycles().check(REPORT);
  }

  @Test
  void statisticsKnowNoWordsAndNoFiles() {
    classes()
        .that()
        .resideInAPackage(inRoom("stat"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            inRoom("stat"),
            "java.lang..",
            "java.util..",
            "org.apache.commons.math3..",
            "org.jspecify..",
            "com.fasterxml.jackson.annotation..")
        .check(REPORT);
  }

  /// A room without a rule of its own would have no walls.
  @Test
  void eachRoomHasARule() {
    assertThat(
            REPORT.stream()
                .filter(resideInAPackage("pushlab.report.*"))
                .map(it -> it.getPackage().getRelativeName())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            rooms().map(room -> String.valueOf(room.get()[0])).toList());
  }

  private static String inRoom(String name) {
    return "pushlab.report." + name + "..";
  }
}

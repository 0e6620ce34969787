package pushlab.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import pushlab.bench.road.proxy.ProxyKind;
import pushlab.server.transport.LongPolling;
import pushlab.server.transport.NdjsonStream;
import pushlab.server.transport.ServerSentEvents;
import pushlab.server.transport.ShortPolling;
import pushlab.server.transport.WebSocketPush;
import pushlab.server.transport.Wire;

/// Which package may depend on which.
class ArchitectureTest {

  private static final JavaClasses LAB =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("pushlab");

  private static final List<Class<?>> TRANSPORTS =
      List.of(
          ShortPolling.class,
          LongPolling.class,
          ServerSentEvents.class,
          NdjsonStream.class,
          WebSocketPush.class);

  @Test
  void theStateKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("pushlab.server.state..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("pushlab.server.state..", "java..", "org.jspecify..")
        .check(LAB);
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void aTransportKnowsNoOther(Class<?> transport) {
    noClasses()
        .that(belongTo(transport))
        .should()
        .dependOnClassesThat(belongToAnyOf(TRANSPORTS).and(not(belongTo(transport))))
        .check(LAB);
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void aTransportExtendsNothing(Class<?> transport) {
    assertThat(transport.getSuperclass()).isEqualTo(Object.class);
  }

  /// What each room of the server may know of the others, beside itself.
  @ParameterizedTest
  @CsvSource({
    "http, ''",
    "tls, ''",
    "store, state",
    "transport, http state",
    "admin, http state transport",
    "net.line, ''",
    "net.http1, http net.line transport",
    "net.http2, http net.line",
    "net.loop, net.http1 net.line transport",
    "net.websocket, http net.line transport",
    "ops, http net.loop net.websocket state transport",
    "options, admin http net net.line ops state store tls transport"
  })
  void aRoomOfTheServerKnowsOnlyRoomsBelowIt(String room, String below) {
    String[] known =
        Stream.of((room + " " + below).split(" "))
            .map("pushlab.server."::concat)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("pushlab.server." + room)
        .should()
        .dependOnClassesThat(resideInAPackage("pushlab..").and(not(resideInAnyPackage(known))))
        .check(LAB);
  }

  @Test
  void connectionsKnowNeitherOperationsNorAdministration() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.server.net")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("pushlab.server", "pushlab.server.ops", "pushlab.server.admin")
        .check(LAB);
  }

  @Test
  void theServerReadsItsConfigurationInItsOptionsOnly() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.server..")
        .and()
        .haveNameNotMatching(
            "pushlab\\.server\\.(Main|options\\.StoreOptions|options\\.ServerOptions)(\\$.*)?")
        .should()
        .accessTargetWhere(readsConfiguration())
        .check(LAB);
  }

  @Test
  void nothingElseKnowsTheBench() {
    noClasses()
        .that()
        .resideOutsideOfPackage("pushlab.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pushlab.bench..")
        .check(LAB);
  }

  @Test
  void theReportKnowsNeitherTheServerNorTheBench() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("pushlab.server..", "pushlab.bench..")
        .check(LAB);
  }

  @Test
  void onlyJmhKnowsTheServerAndOnlyItsStateAndItsEncoding() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("pushlab.server..")
                .and(not(resideInAPackage("pushlab.server.state..")))
                .and(not(belongTo(Wire.class))))
        .check(LAB);
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench..")
        .and()
        .resideOutsideOfPackage("pushlab.bench.jmh..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pushlab.server..")
        .check(LAB);
  }

  @Test
  void nothingInTheBenchKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pushlab.bench")
        .check(LAB);
  }

  @Test
  void onlyTheCommandLineKnowsHowARunIsMade() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench.*..")
        .and()
        .resideOutsideOfPackage("pushlab.bench.run..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pushlab.bench.run..")
        .check(LAB);
  }

  @Test
  void anInstrumentKnowsNoOtherInstrument() {
    slices()
        .matching("pushlab.bench.(watch|jmh|gatling|check|road|herd)..")
        .should()
        .notDependOnEachOther()
        .check(LAB);
  }

  @Test
  void theHostAndTheAddressesKnowNoInstrument() {
    noClasses()
        .that()
        .resideInAnyPackage("pushlab.bench.host..", "pushlab.bench.net..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "pushlab.bench.watch..",
            "pushlab.bench.jmh..",
            "pushlab.bench.gatling..",
            "pushlab.bench.check..",
            "pushlab.bench.road..",
            "pushlab.bench.herd..")
        .check(LAB);
  }

  /// Its clients are its own, and what it knows of a server is what any client knows.
  @Test
  void aHerdKnowsOnlyTheHostAndTheAddresses() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench.herd..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("pushlab..")
                .and(
                    not(
                        resideInAnyPackage(
                            "pushlab.bench.herd..",
                            "pushlab.bench.host",
                            "pushlab.bench.net",
                            "pushlab.bench.network",
                            "pushlab.report.result.."))))
        .check(LAB);
  }

  @Test
  void aKindOfProxyKnowsNoInstrumentAndNoOtherKind() {
    noClasses()
        .that()
        .resideInAPackage("pushlab.bench.road.proxy")
        .should()
        .dependOnClassesThat(
            resideInAPackage("pushlab..")
                .and(
                    not(
                        resideInAnyPackage(
                            "pushlab.bench.road.proxy",
                            "pushlab.bench.host",
                            "pushlab.bench.text",
                            "pushlab.report.text",
                            "pushlab.report.result.."))))
        .check(LAB);
    noClasses()
        .that()
        .implement(ProxyKind.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(
            DescribedPredicate.describe(
                "another kind", it -> it.isAssignableTo(ProxyKind.class) && !it.isInterface()))
        .check(LAB);
  }

  @Test
  void packagesOfTheBenchHaveNoCycles() {
    slices().matching("pushlab.bench.(*)..").should().beFreeOfCycles().check(LAB);
  }

  /// Otherwise numbers would be printed with the digits of the user's language.
  @Test
  void eachProcessSetsTheDefaultLocale() {
    List<JavaClass> started =
        LAB.stream().filter(it -> it.tryGetMethod("main", String[].class).isPresent()).toList();
    assertThat(started)
        .allSatisfy(
            it ->
                assertThat(it.getMethod("main", String[].class).getMethodCallsFromSelf())
                    .extracting(call -> call.getTarget().getFullName())
                    .contains("java.util.Locale.setDefault(java.util.Locale)"))
        .extracting(JavaClass::getName)
        .contains("pushlab.bench.Lab", "pushlab.server.Main");
  }

  /// Without this, a rule could pass because a jar was empty.
  @Test
  void allJavaModulesAreChecked() {
    assertThat(LAB)
        .extracting(JavaClass::getName)
        .contains(
            "pushlab.bench.Lab",
            "pushlab.report.Report",
            "pushlab.server.Main",
            "pushlab.server.state.VersionedState");
  }

  private static DescribedPredicate<JavaClass> belongTo(Class<?> outer) {
    return belongToAnyOf(List.of(outer));
  }

  private static DescribedPredicate<JavaClass> belongToAnyOf(List<Class<?>> outers) {
    return JavaClass.Predicates.belongToAnyOf(outers.toArray(Class<?>[]::new));
  }

  private static DescribedPredicate<JavaAccess<?>> readsConfiguration() {
    Set<String> readers =
        Set.of(
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Boolean.getBoolean",
            "io.helidon.config.Config.create",
            "io.helidon.config.Config.global",
            "io.helidon.common.config.GlobalConfig.config");
    return DescribedPredicate.describe(
        "that read the environment, system properties or a configuration file",
        access ->
            readers.contains(
                access.getTargetOwner().getName() + "." + access.getTarget().getName()));
  }
}

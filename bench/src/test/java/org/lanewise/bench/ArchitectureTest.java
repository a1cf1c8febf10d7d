package org.lanewise.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What may depend on what, in every module. */
@AnalyzeClasses(packages = "org.lanewise", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ENGINE = "org.lanewise.engine..";
  private static final String AUTODIFF = "org.lanewise.autodiff..";
  private static final String NN = "org.lanewise.nn..";
  private static final String BENCH = "org.lanewise.bench..";
  private static final String MICROBENCHMARKS = "org.lanewise.bench.micro..";
  private static final String LANES = "org.lanewise.engine.vector.Lanes";
  private static final String VECTORS = "jdk.incubator.vector..";

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUTODIFF, NN, BENCH)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule AUTODIFF_KNOWS_THE_ENGINE_ALONE =
      noClasses()
          .that()
          .resideInAPackage(AUTODIFF)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NN, BENCH)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_BENCH =
      noClasses()
          .that()
          .resideInAPackage(NN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BENCH)
          .allowEmptyShould(true);

  /** Microbenchmarks measure the machine's own limit, which takes the machine's own vectors. */
  @ArchTest
  static final ArchRule VECTORS_STAY_IN_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages(ENGINE, MICROBENCHMARKS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VECTORS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.lanewise.(**)").should().beFreeOfCycles();

  /** The rooms of the engine, and those of nn: each may use those before it. */
  private static final List<List<String>> ROOMS =
      List.of(
          List.of(
              "engine",
              "engine.random",
              "engine.operation",
              "engine.parallel",
              "engine.vector",
              "engine.elementwise",
              "engine.reduction",
              "engine.matrix",
              "engine.movement",
              "engine.loop",
              "engine.program",
              "engine.reference"),
          List.of(
              "nn.check",
              "nn.initializer",
              "nn.regularizer",
              "nn.layer",
              "nn.activation",
              "nn.noise",
              "nn.normalization",
              "nn",
              "nn.json",
              "nn.safetensors",
              "nn.network",
              "nn.prediction",
              "nn.clip",
              "nn.loss",
              "nn.optimizer",
              "nn.schedule",
              "nn.training"));

  @ArchTest
  static void roomsUseThoseBeforeThem(JavaClasses classes) {
    for (List<String> rooms : ROOMS) {
      for (int i = 0; i < rooms.size() - 1; i++) {
        String[] after =
            rooms.subList(i + 1, rooms.size()).stream()
                .map(room -> "org.lanewise." + room)
                .toArray(String[]::new);
        noClasses()
            .that()
            .resideInAPackage("org.lanewise." + rooms.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(after)
            .check(classes);
      }
    }
  }

  @ArchTest
  static void everyRoomHasItsPlace(JavaClasses classes) {
    assertThat(
            classes.stream()
                .map(each -> each.getPackageName().substring("org.lanewise.".length()))
                .filter(room -> room.matches("(engine|nn)(\\..*)?"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(ROOMS.stream().flatMap(List::stream).toList());
  }

  @ArchTest
  static void aSimpleNameIsGivenOnce(JavaClasses classes) {
    assertThat(
            classes.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().contains("-"))
                .map(JavaClass::getSimpleName))
        .contains("Tensor", "Variable", "Network")
        .doesNotHaveDuplicates();
  }

  @ArchTest
  static final ArchRule SPECIES_ARE_NAMED_IN_ONE_FILE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(LANES)
          .should()
          .accessTargetWhere(namesSpecies());

  /** Shows that the rule above sees the classes of the other modules and knows a species. */
  @ArchTest
  static final ArchRule LANES_NAMES_THE_SPECIES =
      classes().that().haveFullyQualifiedName(LANES).should().accessTargetWhere(namesSpecies());

  private static DescribedPredicate<JavaAccess<?>> namesSpecies() {
    return DescribedPredicate.describe(
        "the target makes or names a vector species",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getName();
          return owner.startsWith("jdk.incubator.vector.")
              && (target.getName().startsWith("SPECIES_")
                  || owner.endsWith(".VectorShape")
                  || (owner.endsWith(".VectorSpecies")
                      && (target.getName().startsWith("of")
                          || target.getName().equals("withLanes")
                          || target.getName().equals("withShape"))));
        });
  }
}

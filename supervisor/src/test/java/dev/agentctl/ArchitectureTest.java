package dev.agentctl;

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
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of the house that a compiler cannot hold.
///
/// An empty package breaks no rule.
final class ArchitectureTest {
    private static final String ROOT = "dev.agentctl..";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.agentctl");

    @Test
    void packagesFormNoCycle() {
        check(slices().matching("dev.agentctl.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest(name = "{0} stays in {1}")
    @CsvSource({
        "com.pty4j..,                       pty",
        "com.sun.jna..,                     pty",
        "org.telegram..,                    telegram",
        "okhttp3..,                         telegram",
        "org.yaml.snakeyaml..,              project",
        "java.sql..,                        store",
        "javax.sql..,                       store",
        "org.sqlite..,                      store",
        "org.commonmark..,                  chat",
        "picocli..,                         cli",
        "org.jline..,                       cli",
        "java.awt..,                        picture",
        "javax.imageio..,                   picture",
        "io.micrometer..,                   metrics",
        "io.prometheus..,                   metrics",
        "io.modelcontextprotocol..,         tools",
        "reactor..,                         tools",
        "org.reactivestreams..,             tools",
        "org.eclipse.jetty..,               tools",
        "jakarta.servlet..,                 tools",
    })
    void foreignLibraryStaysInItsPackage(String library, String home) {
        check(noClasses()
                .that(resideInAPackage(ROOT).and(not(resideInAPackage("dev.agentctl." + home + ".."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("only dev.agentctl." + home + " knows that library"));
    }

    @Test
    void onlyPosixLinksToTheCLibrary() {
        check(noClasses()
                .that(resideInAPackage(ROOT).and(not(resideInAPackage("dev.agentctl.posix.."))))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class)
                .because("the same call is to be linked in one place"));
    }

    @Test
    void nothingUsesDaemon() {
        check(noClasses()
                .that(resideInAPackage(ROOT).and(not(resideInAPackage("dev.agentctl.daemon.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentctl.daemon..")
                .because("daemon builds everything, so whoever uses it depends on everything"));
    }

    @Test
    void terminalDoesNoInputOutputAndStartsNoThreads() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentctl.terminal..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.util.concurrent..")
                        .or(DescribedPredicate.describe("are threads", type -> type.isAssignableTo(Thread.class))))
                .because("the emulator is a pure function of bytes"));
    }

    @Test
    void hostKnowsOnlyPtyWireAndPosix() {
        check(classes()
                .that()
                .resideInAPackage("dev.agentctl.host..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.agentctl.host..",
                        "dev.agentctl.pty..",
                        "dev.agentctl.posix..",
                        "dev.agentctl.wire..",
                        "java..",
                        "jdk.net..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations.."))
                .because("the host must never have to die, so it holds nothing that changes often"));
    }

    @Test
    void onlyCliWritesToStandardOutput() {
        check(noClasses()
                .that(resideInAPackage(ROOT).and(not(resideInAPackage("dev.agentctl.cli.."))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(IO.class)
                .because("standard output belongs to the command"));
    }

    @Test
    void ptyUsesNoVirtualThreads() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentctl.pty..")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("makes virtual threads", ArchitectureTest::makesVirtualThreads))
                .because("a read of a terminal pins its carrier, and a few of them stop every virtual thread"));
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helpers?|Managers?)(\\$.*)?")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..core..", "..impl..", "..manager..")
                .because("such a name fits everything"));
    }

    @Test
    void rulesLookAtBothModules() {
        assertThat(HOUSE).extracting(JavaClass::getPackageName).contains("dev.agentctl.store", "dev.agentctl.tools");
    }

    private static boolean makesVirtualThreads(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(Executors.class))
                && access.getName().toLowerCase(Locale.ROOT).contains("virtual");
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }
}

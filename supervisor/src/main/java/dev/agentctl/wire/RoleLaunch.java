package dev.agentctl.wire;

import dev.agentctl.posix.TimeSlice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// How a role of the jar (host, supervisor) is started as a process of its own: with the same Java and the same
/// class path as this one, or from another product.
///
/// @param role names its log in the state folder
/// @param heapMegabytes the most that its objects may take
/// @param product the folder of another product's jar and start-up caches
public record RoleLaunch(String role, String mainClass, int heapMegabytes, Optional<Path> product) {
    public static final RoleLaunch SUPERVISOR = new RoleLaunch("supervisor", "dev.agentctl.daemon.SupervisorMain", 160);
    public static final RoleLaunch HOST = new RoleLaunch("host", "dev.agentctl.host.HostMain", 96);

    /// Names the folder of the roles' start-up caches, each called after its role. A cache that is named but missing
    /// makes Java print errors on standard output, so it is passed on only while it exists.
    private static final String CACHES_PROPERTY = "agentctl.caches";

    /// A log this large is put aside when its role starts; one older log is kept.
    private static final long LARGEST_LOG = 4 << 20;

    public RoleLaunch(String role, String mainClass, int heapMegabytes) {
        this(role, mainClass, heapMegabytes, Optional.empty());
    }

    /// The same role of the product in this folder.
    public RoleLaunch from(Path folder) {
        return new RoleLaunch(role, mainClass, heapMegabytes, Optional.of(folder));
    }

    /// The whole command line.
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        // sampled twenty times a second for tools such as jstat, which nobody misses
        command.add("-XX:-UsePerfData");
        // locks that lie idle are looked for four times a second, which was most of what an idle process took; another
        // Java may not know the option
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("-XX:+UnlockDiagnosticVMOptions");
        command.add("-XX:AsyncDeflationInterval=5000");
        if (role.equals(HOST.role)) {
            compileLate(command);
        }
        command.add("-Xmx" + heapMegabytes + "m");
        // left to itself the heap begins with a 64th of the machine's memory and never gives most of it back
        command.add("-Xms8m");
        // half a process that lost one thread to memory is worse than none: whoever watches it starts it anew
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.add("-Djava.awt.headless=true");
        command.add("-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %5$s%6$s%n");
        ourProperties(command);
        String caches = product.isPresent() ? product.get().toString() : property(CACHES_PROPERTY);
        if (!caches.isEmpty()) {
            Path cache = Path.of(caches).toAbsolutePath().resolve(role + ".aot");
            if (Files.isReadable(cache)) {
                command.add("-XX:AOTCache=" + cache);
            }
            command.add("-D" + CACHES_PROPERTY + "=" + cache.getParent());
        }
        command.add("-cp");
        command.add(product.isPresent() ? product.get().resolve("agentctl.jar").toString() : classPath());
        command.add(mainClass);
        return command;
    }

    /// Ten times the usual: the second compiler takes a processor for many milliseconds from those who wait
    /// for an echo, and most of the host's time is the kernel's. Without that compiler the child that follows a
    /// crash came 15 to 30 ms later.
    private static void compileLate(List<String> command) {
        command.add("-XX:Tier4InvocationThreshold=50000");
        command.add("-XX:Tier4MinInvocationThreshold=6000");
        command.add("-XX:Tier4CompileThreshold=150000");
    }

    /// Starts it in the background, its output appended to its log. It lives on when this process ends; its own main
    /// leaves our terminal's session, see [OwnSession].
    ///
    /// @param environment the whole environment of the role, but for `AGENTCTL_HOME`, which is set to `folder`
    public Process start(StateFolder folder, Map<String, String> environment) throws IOException {
        File log = prepareLog(folder).toFile();
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("AGENTCTL_HOME", folder.path().toString());
        // its compilers are to be no more pressing than any
        return TimeSlice.withUsual(builder::start);
    }

    private Path prepareLog(StateFolder folder) throws IOException {
        Path log = folder.roleLog(role);
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, folder.roleLog(role + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(log)) {
            Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return log;
    }

    /// Where the launcher found us and our files; a role needs to know as much.
    private static void ourProperties(List<String> command) {
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("agentctl.")) {
                command.add("-D" + name + "=" + property(name));
            }
        }
    }

    /// Ours with absolute names, since the role runs in another folder.
    private static String classPath() {
        StringJoiner path = new StringJoiner(File.pathSeparator);
        for (String entry : property("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toAbsolutePath().toString());
        }
        return path.toString();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        return value == null ? "" : value;
    }
}

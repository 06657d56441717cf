package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.Version;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The command line. Looks at the arguments itself before it loads their parser: `status` and `version` are called
/// from prompts and scripts, where the parser would be most of their time.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        StandardOutput written =
                new StandardOutput(new FileOutputStream(FileDescriptor.out), Path.of("/proc/self/fd/1"));
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // who asks quickly does not care whether a person sits there, and finding out takes a while
        boolean quick = isVersion(arguments) || isPlainStatus(arguments);
        boolean interactive = !quick && isInteractive();
        Surroundings surroundings =
                new Surroundings(System.getenv(), System.in, out, err, interactive, RoleLaunch.SUPERVISOR);
        int code = run(arguments, surroundings);
        out.flush();
        code = told(written, err, code);
        err.flush();
        if (quick) {
            // exit would first load the classes of a logger, to ask it whether exits are logged
            Runtime.getRuntime().halt(code);
        }
        // threads of libraries must not keep a finished command alive
        System.exit(code);
    }

    /// Runs one command and gives its exit code.
    static int run(String[] arguments, Surroundings surroundings) {
        if (isVersion(arguments)) {
            surroundings.out().println("agentctl " + Version.text());
            return 0;
        }
        if (isPlainStatus(arguments)) {
            return quickly(arguments, surroundings).number();
        }
        return Commands.run(arguments, surroundings);
    }

    private static boolean isVersion(String[] arguments) {
        return arguments.length == 1
                && (arguments[0].equals("version") || arguments[0].equals("--version") || arguments[0].equals("-V"));
    }

    /// `status` with at most a project's name and `--json`.
    private static boolean isPlainStatus(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("status")) {
            return false;
        }
        int names = 0;
        for (int i = 1; i < arguments.length; i++) {
            if (!arguments[i].equals("--json")) {
                names += arguments[i].startsWith("-") || arguments[i].startsWith("@") ? 2 : 1;
            }
        }
        return names <= 1;
    }

    private static ExitCode quickly(String[] arguments, Surroundings surroundings) {
        Optional<String> project = Optional.empty();
        boolean json = false;
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("--json")) {
                json = true;
            } else {
                project = Optional.of(arguments[i]);
            }
        }
        try {
            return StatusQuery.run(surroundings, project, json);
        } catch (CommandFailure e) {
            surroundings.err().println(e.line());
            return e.code();
        }
    }

    /// Whether a person sits at both ends: a redirected stream belongs to a script.
    private static boolean isInteractive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// The exit code, after a word on output that could not be written. What failed before that keeps its own code.
    private static int told(StandardOutput written, PrintStream err, int code) {
        Optional<String> complaint = written.complaint();
        complaint.ifPresent(words -> err.println("agentctl: " + words + "; not all of the output is there"));
        return complaint.isPresent() && code == 0 ? ExitCode.ERROR.number() : code;
    }
}

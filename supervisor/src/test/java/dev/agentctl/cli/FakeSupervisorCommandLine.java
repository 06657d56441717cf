package dev.agentctl.cli;

import dev.agentctl.wire.RoleLaunch;

/// The command line as a process that starts [FakeSupervisorMain] as its supervisor.
final class FakeSupervisorCommandLine {
    static final RoleLaunch SUPERVISOR = new RoleLaunch("supervisor", FakeSupervisorMain.class.getName(), 32);

    private FakeSupervisorCommandLine() {}

    public static void main(String[] arguments) {
        System.exit(Main.run(
                arguments, new Surroundings(System.getenv(), System.in, System.out, System.err, true, SUPERVISOR)));
    }
}

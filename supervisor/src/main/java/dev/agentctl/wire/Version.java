package dev.agentctl.wire;

/// The product's version, from the jar's manifest.
public final class Version {
    private Version() {}

    public static String text() {
        Package ours = Version.class.getPackage();
        String version = ours == null ? null : ours.getImplementationVersion();
        return version == null ? "development" : version;
    }
}

package dev.agentctl.terminal;

/// The version that the terminal names itself by, from the jar's manifest.
final class ProductVersion {
    static final String CURRENT = ofManifest();

    private ProductVersion() {}

    private static String ofManifest() {
        Package jar = ProductVersion.class.getPackage();
        String version = jar == null ? null : jar.getImplementationVersion();
        return version == null ? "development" : version;
    }
}

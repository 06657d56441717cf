package dev.agentctl.wire;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;

/// Which build of the product a process runs: two of the same version may differ.
public final class Build {
    private static final String OWN = mark();

    private Build() {}

    /// Of this process, as it was when this was first asked: the files may be another build's since.
    public static String own() {
        return OWN;
    }

    /// Built anew, a jar has another size or another time; so have those that lie beside it.
    private static String mark() {
        CRC32 sum = new CRC32();
        for (String entry :
                Objects.toString(System.getProperty("java.class.path")).split(File.pathSeparator, -1)) {
            File file = new File(entry).getAbsoluteFile();
            add(sum, file);
            File[] beside = new File(file.getParentFile(), "lib").listFiles();
            if (file.isFile() && beside != null) {
                Arrays.sort(beside);
                for (File library : beside) {
                    add(sum, library);
                }
            }
        }
        return Version.text() + "+" + Long.toHexString(sum.getValue());
    }

    private static void add(CRC32 sum, File file) {
        String text = file + (file.isFile() ? " " + file.length() + " " + file.lastModified() : "") + "\n";
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the classes of a folder's jars that are older than Java 8 as Java 17 classes, with stack maps.
///
/// The AOT cache refuses classes whose files are older than version 50, and verifies the rest of the old ones slowly at
/// every start; picocli is version 49. A jar without such classes, or a signed one, is left as it is. The new jar
/// replaces the old one by a rename, so a process that has the old one open reads on undisturbed.
///
/// `java UpgradeClassFiles.java FOLDER` prints a line for each jar it changed. Running it again changes nothing.
final class UpgradeClassFiles {
    /// Java 8, the first version whose classes must carry stack maps of the new kind.
    private static final int OLDEST_KEPT = ClassFile.JAVA_8_VERSION;

    private static final int TARGET = ClassFile.JAVA_17_VERSION;
    private static final int MAGIC = 0xCAFEBABE;

    private UpgradeClassFiles() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java UpgradeClassFiles.java FOLDER");
            System.exit(2);
        }
        for (Path jar : jars(Path.of(args[0]))) {
            upgrade(jar);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void upgrade(Path jar) throws IOException {
        int rewritten = 0;
        Path fresh = jar.resolveSibling(jar.getFileName() + ".upgraded");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (!hasOldClasses(zip)) {
                return;
            }
            if (isSigned(zip)) {
                System.out.println(jar.getFileName() + ": signed, left as it is");
                return;
            }
            ClassFile classFile = classFileFor(zip);
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
                for (ZipEntry entry : entries(zip)) {
                    byte[] bytes = read(zip, entry);
                    boolean old = isUpgradable(entry) && isOld(bytes);
                    put(out, entry, old ? rewrite(classFile, bytes) : bytes);
                    rewritten += old ? 1 : 0;
                }
            }
            replace(jar, fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
        System.out.println(jar.getFileName() + ": " + rewritten + " classes upgraded");
    }

    private static List<ZipEntry> entries(ZipFile zip) {
        return new ArrayList<>(zip.stream().map(ZipEntry.class::cast).toList());
    }

    private static boolean hasOldClasses(ZipFile zip) throws IOException {
        for (ZipEntry entry : entries(zip)) {
            if (isUpgradable(entry)) {
                try (InputStream in = zip.getInputStream(entry)) {
                    if (isOld(in.readNBytes(8))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isSigned(ZipFile zip) {
        return zip.stream()
                .map(entry -> entry.getName().toUpperCase(Locale.ROOT))
                .anyMatch(name -> name.startsWith("META-INF/") && name.endsWith(".SF"));
    }

    private static boolean isUpgradable(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private static boolean isOld(byte[] head) {
        return head.length >= 8
                && ((head[0] & 0xFF) << 24 | (head[1] & 0xFF) << 16 | (head[2] & 0xFF) << 8 | head[3] & 0xFF) == MAGIC
                && ((head[6] & 0xFF) << 8 | head[7] & 0xFF) < OLDEST_KEPT;
    }

    private static byte[] rewrite(ClassFile classFile, byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        ClassTransform version = (builder, element) ->
                builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(TARGET, 0) : element);
        return classFile.transformClass(
                model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    /// Stack maps need the supertypes of whatever a method merges: those in the jar, else the JDK's own.
    private static ClassFile classFileFor(ZipFile zip) {
        ClassHierarchyResolver inJar = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            ZipEntry entry = zip.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return entry == null ? null : open(zip, entry);
        });
        return ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(
                        inJar.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
    }

    private static InputStream open(ZipFile zip, ZipEntry entry) {
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void put(ZipOutputStream out, ZipEntry original, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(original.getName());
        entry.setTime(original.getTime());
        out.putNextEntry(entry);
        ((OutputStream) out).write(bytes);
        out.closeEntry();
    }

    private static void replace(Path jar, Path fresh) throws IOException {
        try {
            Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

package dev.agentctl.terminal;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds up what an object keeps in memory: whatever can be reached through the emulator's own classes, in bytes, with
/// a flat 16 for each object. It finds growth wherever it is, without a list of the places to look at.
final class Footprint {
    private static final int OBJECT = 16;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private Footprint() {}

    static long of(Object root) {
        Footprint footprint = new Footprint();
        footprint.reach(root);
        long sum = 0;
        while (!footprint.open.isEmpty()) {
            sum += footprint.visit(footprint.open.pop());
        }
        return sum;
    }

    private void reach(@Nullable Object object) {
        if (object != null && !(object instanceof Enum<?>) && !(object instanceof Class<?>) && seen.add(object)) {
            open.push(object);
        }
    }

    private long visit(Object object) {
        return switch (object) {
            case String text -> OBJECT + 2L * text.length();
            case byte[] array -> OBJECT + array.length;
            case int[] array -> OBJECT + 4L * array.length;
            case long[] array -> OBJECT + 8L * array.length;
            case boolean[] array -> OBJECT + array.length;
            case Object[] array -> {
                for (Object element : array) {
                    reach(element);
                }
                yield OBJECT + 4L * array.length;
            }
            case Collection<?> collection -> {
                collection.forEach(this::reach);
                yield OBJECT + 8L * collection.size();
            }
            default -> object.getClass().isArray() ? OBJECT + 8L * Array.getLength(object) : fields(object);
        };
    }

    private long fields(Object object) {
        if (!object.getClass().getName().startsWith("dev.agentctl.")) {
            return OBJECT;
        }
        long sum = OBJECT;
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    sum += 8;
                    if (!field.getType().isPrimitive()) {
                        reach(value(field, object));
                    }
                }
            }
        }
        return sum;
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
